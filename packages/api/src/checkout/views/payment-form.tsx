import { taxAddressFields } from '@payonce/engine/domain';
import type { AttemptId } from '@payonce/engine/domain';
import type { FormErrors, FormValues } from '../pay-form.js';
import { COUNTRIES, postalCodeLabel, stateLabel, statesOf } from '../places.js';
import { SelectField, TextField } from './field.js';
import { Notice } from './page.js';

export interface PaymentFormProps {
  /** Address of the session's page. */
  readonly action: string;
  readonly token: string;
  readonly attempt: AttemptId;
  readonly values: FormValues;
  readonly errors: FormErrors;
  /** Minor units. */
  readonly total: number;
  readonly totalText: string;
  readonly merchant: string;
}

/** The names that errors are listed under, in the order of the form. */
const LABELS = [
  ['email', 'email'],
  ['name', 'name'],
  ['country', 'country'],
  ['state', 'state'],
  ['zipcode', 'zipcode'],
  ['businessName', 'business_name'],
  ['taxId', 'tax_id'],
] as const;

/** What is said on the button. */
export const payLabel = ({ total, totalText }: Pick<PaymentFormProps, 'total' | 'totalText'>): string =>
  total === 0 ? 'Complete order' : `Pay ${totalText}`;

/** Who pays, and from where. Never how: cards are the processor's page. */
export const PaymentForm = (props: PaymentFormProps) => (
  <form class="pay" method="post" action={`${props.action}/pay`} data-pay data-quote={`${props.action}/quote`}>
    <input type="hidden" name="token" value={props.token} />
    <input type="hidden" name="attempt" value={props.attempt} />
    <input type="hidden" name="shown_total" value={String(props.total)} />
    <ErrorSummary errors={props.errors} />
    <Contact {...props} />
    <Billing {...props} />
    <Business {...props} />
    <noscript>
      <button class="secondary" type="submit" formaction={`${props.action}/quote`} formNoValidate>
        Update tax
      </button>
    </noscript>
    <p class="unseen" role="status" aria-live="polite" data-spoken />
    <div class="pay-bar">
      <button class="primary" type="submit" data-pay-button>
        <span data-pay-label>{payLabel(props)}</span>
      </button>
    </div>
    <p class="terms">
      {props.total === 0 ? 'By completing this order' : 'By paying'}, you agree to buy from {props.merchant} on the
      terms of sale that it gave you.{' '}
      {props.total > 0 &&
        'You choose how to pay on the secure page that comes next. This page never asks for card details.'}
    </p>
  </form>
);

const ErrorSummary = ({ errors }: Pick<PaymentFormProps, 'errors'>) =>
  Object.keys(errors).length === 0 ? null : (
    <Notice tone="bad" title="Please check what you entered" alert>
      <ul>
        {LABELS.map(([field, id]) =>
          errors[field] === undefined ? null : (
            <li>
              <a href={`#${id}`}>{errors[field]}</a>
            </li>
          ),
        )}
      </ul>
    </Notice>
  );

const Contact = ({ values, errors }: PaymentFormProps) => (
  <fieldset>
    <legend>Contact</legend>
    <TextField
      name="email"
      label="E-mail"
      type="email"
      value={values.email}
      error={errors.email}
      autocomplete="email"
      maxLength={254}
      hint="So that the seller can reach you about this order."
      required
    />
    <TextField
      name="name"
      label="Name"
      value={values.name}
      error={errors.name}
      autocomplete="name"
      maxLength={100}
      capitalize
      required
    />
  </fieldset>
);

const Billing = ({ values, errors }: PaymentFormProps) => {
  const needed = taxAddressFields(values.country);
  return (
    <fieldset>
      <legend>Billing address</legend>
      <SelectField
        name="country"
        label="Country or region"
        value={values.country}
        error={errors.country}
        autocomplete="country"
        choices={COUNTRIES}
        prompt="Choose your country"
        required
      />
      <div class="pair">
        <SelectField
          name="state"
          label={stateLabel(values.country)}
          value={values.state}
          error={errors.state}
          autocomplete="address-level1"
          choices={statesOf(values.country)}
          prompt="Choose"
          hidden={!needed.includes('state')}
          required
        />
        <TextField
          name="zipcode"
          label={postalCodeLabel(values.country)}
          value={values.zipcode}
          error={errors.zipcode}
          autocomplete="postal-code"
          maxLength={12}
          hidden={!needed.includes('zipcode')}
          required
        />
      </div>
    </fieldset>
  );
};

const Business = ({ values, errors }: PaymentFormProps) => (
  <div class="business">
    <label class="check">
      <input type="checkbox" name="business" value="yes" checked={values.business} />
      <span>I’m purchasing as a business</span>
    </label>
    <div class="business-fields">
      <TextField
        name="business_name"
        label="Company name (optional)"
        value={values.businessName}
        error={errors.businessName}
        autocomplete="organization"
        maxLength={100}
        capitalize
      />
      <TextField
        name="tax_id"
        label="Tax ID"
        value={values.taxId}
        error={errors.taxId}
        autocomplete="off"
        maxLength={40}
        hint="For example a VAT number."
      />
    </div>
  </div>
);
