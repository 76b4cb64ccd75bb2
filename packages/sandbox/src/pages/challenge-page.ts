import type { Payment } from '../domain/payment.js';
import { formatMoney } from '../money-format.js';
import { html } from './html.js';
import { layout } from './layout.js';

/** The bank's question in 3-D Secure. */
export function challengePage(payment: Payment): string {
  const last4 = payment.state.kind === 'requires_action' ? (payment.state.challenge?.card.last4 ?? '') : '';
  const action = `/pay/${payment.clientSecret}/challenge`;
  const body = html`<h1>3-D Secure</h1>
    <p>Your bank asks: did you start this payment with the card ending in ${last4}?</p>
    <p class="amount">${formatMoney(payment)}</p>
    <form method="post" action="${action}">
      <button name="outcome" value="complete" type="submit">Complete</button>
      <button class="quiet" name="outcome" value="fail" type="submit">Fail</button>
    </form>`;
  return layout({ title: '3-D Secure', body });
}
