import type { CardForm, CardFormErrors } from '../domain/card-form.js';
import type { Payment } from '../domain/payment.js';
import { TEST_CARDS } from '../domain/test-cards.js';
import { formatMoney } from '../money-format.js';
import { html } from './html.js';
import type { Html } from './html.js';
import { layout } from './layout.js';

/** What the card page shows. Of what was typed only name and expiry come back, never number or CVC. */
export interface CardPage {
  readonly payment: Payment;
  readonly typed?: Pick<CardForm, 'name' | 'expiry'>;
  readonly errors?: CardFormErrors;
}

export function cardPage({ payment, typed, errors = {} }: CardPage): string {
  const price = formatMoney(payment);
  const action = `/pay/${payment.clientSecret}`;
  const body = html`<h1>${payment.description ?? 'Payment'}</h1>
    <p class="amount">${price}</p>
    ${summary(errors)}
    <form method="post" action="${action}" novalidate>
      ${field({ name: 'number', label: 'Card number', autocomplete: 'cc-number', inputmode: 'numeric', error: errors.number })}
      <div class="pair">
        ${field({
          name: 'expiry',
          label: 'Expiry (MM/YY)',
          autocomplete: 'cc-exp',
          inputmode: 'text',
          value: typed?.expiry,
          error: errors.expiry,
        })}
        ${field({ name: 'cvc', label: 'CVC', autocomplete: 'cc-csc', inputmode: 'numeric', error: errors.cvc })}
      </div>
      ${field({
        name: 'name',
        label: 'Name on card',
        autocomplete: 'cc-name',
        inputmode: 'text',
        value: typed?.name,
        error: errors.name,
      })}
      <button type="submit">Pay ${price}</button>
    </form>
    <form method="post" action="${action}/cancel">
      <button class="quiet" type="submit">Cancel and return</button>
    </form>
    ${testCards()}`;
  return layout({ title: `Pay ${price}`, body });
}

interface Field {
  readonly name: keyof CardForm;
  readonly label: string;
  readonly autocomplete: string;
  readonly inputmode: string;
  readonly value?: string | undefined;
  readonly error: string | undefined;
}

const MAX_LENGTHS: Readonly<Record<keyof CardForm, string>> = { number: '30', expiry: '9', cvc: '4', name: '100' };

function field({ name, label, autocomplete, inputmode, value = '', error }: Field): Html {
  const problem = error === undefined ? undefined : html`<p class="error" id="${name}-error">${error}</p>`;
  const invalid = error === undefined ? undefined : html`aria-invalid="true" aria-describedby="${name}-error"`;
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="text"
      autocomplete="${autocomplete}"
      inputmode="${inputmode}"
      maxlength="${MAX_LENGTHS[name]}"
      value="${value}"
      required
      ${invalid}
    />
    ${problem}
  </div>`;
}

const summary = (errors: CardFormErrors): Html | undefined =>
  Object.keys(errors).length === 0
    ? undefined
    : html`<p class="summary" role="alert">Nothing was charged. Check the marked fields.</p>`;

function testCards(): Html {
  const rows = TEST_CARDS.map(({ number, does }) => {
    const grouped = number.replace(/(\d{4})(?=\d)/g, '$1 ');
    return html`<tr>
      <td class="number">${grouped}</td>
      <td>${does}</td>
    </tr>`;
  });
  return html`<details open>
    <summary>Test cards (any future expiry, any CVC)</summary>
    <table>
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">What it does</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </details>`;
}
