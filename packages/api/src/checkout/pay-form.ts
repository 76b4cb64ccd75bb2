import type { Address, AttemptId, Session } from '@payonce/engine/domain';
import { isCountry, isId, taxAddressFields } from '@payonce/engine/domain';
import type { TaxBuyer } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { holdsCardDigits } from './card-digits.js';
import { isPostalCode, postalCodeLabel, stateLabel, statesOf } from './places.js';

/** What stands in the fields of the payment form. */
export interface FormValues {
  readonly email: string;
  readonly name: string;
  readonly country: string;
  readonly state: string;
  readonly zipcode: string;
  /** Whether the buyer buys as a business. */
  readonly business: boolean;
  readonly businessName: string;
  readonly taxId: string;
}

/** A field that can be wrong, and what to do about it. */
export type FormErrors = Readonly<Partial<Record<Exclude<keyof FormValues, 'business'>, string>>>;

/** A payment form as it arrived: every value kept as typed. */
export interface PayForm {
  readonly token: string;
  /** undefined when it is not an id of ours. */
  readonly attempt: AttemptId | undefined;
  /** Minor units; undefined when the form does not say. */
  readonly shownTotal: number | undefined;
  readonly values: FormValues;
}

const CARD_DIGITS =
  'This looks like a card number. Never type it here: you give it to the payment processor on the next page.';

/** A text that was sent once, cut to what is worth keeping; anything else counts as empty. */
const typed = (max: number) =>
  z
    .string()
    .catch('')
    .transform((text) => text.trim().slice(0, max));

const fields = z.object({
  token: typed(200),
  attempt: typed(100),
  shown_total: typed(20),
  email: typed(300),
  name: typed(300),
  country: typed(10),
  state: typed(50),
  zipcode: typed(50),
  business: typed(10),
  business_name: typed(300),
  tax_id: typed(100),
});

/** Reads a payment form. Never refuses: what is missing is empty, and {@link formErrors} says what is wrong. */
export function readPayForm(body: unknown): PayForm {
  const form = fields.safeParse(body).data ?? fields.parse({});
  return {
    token: form.token,
    attempt: isId('att', form.attempt) ? form.attempt : undefined,
    shownTotal: /^\d{1,15}$/.test(form.shown_total) ? Number(form.shown_total) : undefined,
    values: {
      email: form.email,
      name: form.name,
      country: form.country.toUpperCase(),
      state: form.state.toUpperCase(),
      zipcode: form.zipcode,
      business: form.business !== '',
      businessName: form.business_name,
      taxId: form.tax_id,
    },
  };
}

const emailAddress = z.email().max(254);
const CONTROL = /\p{Cc}/u;

const plainText = ({
  text,
  max,
  missing,
}: {
  text: string;
  max: number;
  missing: string | undefined;
}): string | undefined =>
  text === ''
    ? missing
    : holdsCardDigits(text)
      ? CARD_DIGITS
      : text.length > max
        ? `Use at most ${max} characters.`
        : CONTROL.test(text)
          ? 'Use one line of plain text.'
          : undefined;

/** What is wrong with a form; empty when it can be paid. */
export function formErrors(values: FormValues): FormErrors {
  const found = {
    email: emailError(values.email),
    name: plainText({ text: values.name, max: 100, missing: 'Enter your name.' }),
    country: isCountry(values.country) ? undefined : 'Choose your country.',
    ...addressErrors(values),
    ...(values.business ? businessErrors(values) : {}),
  };
  return Object.fromEntries(Object.entries(found).filter(([, message]) => message !== undefined));
}

const emailError = (email: string): string | undefined =>
  email === ''
    ? 'Enter your e-mail address.'
    : emailAddress.safeParse(email).success
      ? undefined
      : 'Enter an e-mail address such as name@example.com.';

function addressErrors({ country, state, zipcode }: FormValues): Pick<FormErrors, 'state' | 'zipcode'> {
  const needed = taxAddressFields(country);
  const stateIsKnown = statesOf(country).some(({ code }) => code === state);
  const postalCode = postalCodeLabel(country);
  return {
    ...(needed.includes('state') && !stateIsKnown
      ? { state: `Choose your ${stateLabel(country).toLowerCase()}.` }
      : {}),
    ...(needed.includes('zipcode') && !isPostalCode({ country, text: zipcode })
      ? { zipcode: zipcode === '' ? `Enter your ${postalCode}.` : `Enter a ${postalCode} of your country.` }
      : {}),
  };
}

function businessErrors({ businessName, taxId }: FormValues): Pick<FormErrors, 'businessName' | 'taxId'> {
  const name = plainText({ text: businessName, max: 100, missing: undefined });
  const id = /^[A-Za-z0-9](?:[ ./-]?[A-Za-z0-9]){3,29}$/.test(taxId);
  return {
    ...(name === undefined ? {} : { businessName: name }),
    ...(id
      ? {}
      : {
          taxId: taxId === '' ? 'Enter your tax ID, or untick the box above.' : 'Enter a tax ID such as DE123456789.',
        }),
  };
}

/** The address of a form: only what the tax of the country asks for, and the rest of what the merchant gave for the same country. */
export function billingAddress({
  values,
  session,
}: {
  readonly values: FormValues;
  readonly session: Pick<Session, 'billing'>;
}): Address {
  const given = session.billing?.country === values.country ? session.billing : null;
  const needed = taxAddressFields(values.country);
  return {
    country: values.country,
    state: needed.includes('state') ? values.state : (given?.state ?? null),
    city: given?.city ?? null,
    street: given?.street ?? null,
    zipcode: needed.includes('zipcode') ? values.zipcode.toUpperCase() : (given?.zipcode ?? null),
  };
}

/** A tax id in one spelling: capitals, without blanks, dots and dashes. */
export const plainTaxId = ({ business, taxId }: FormValues): string | null =>
  business && taxId !== '' ? taxId.toUpperCase().replace(/[ ./-]/g, '') : null;

/** The values to show again: as typed, except that what looks like a card number is not sent back. */
export const shownAgain = (values: FormValues): FormValues => ({
  ...values,
  name: holdsCardDigits(values.name) ? '' : values.name,
  businessName: holdsCardDigits(values.businessName) ? '' : values.businessName,
});

/** Who buys, for tax; undefined while the form does not say enough. */
export function taxBuyer({
  values,
  session,
}: {
  readonly values: FormValues;
  readonly session: Pick<Session, 'billing'>;
}): TaxBuyer | undefined {
  const { country, state, zipcode } = formErrors(values);
  if (country ?? state ?? zipcode) return undefined;
  const address = billingAddress({ values, session });
  const taxId = plainTaxId(values);
  return {
    country: address.country,
    ...(address.state === null ? {} : { state: address.state }),
    ...(address.zipcode === null ? {} : { postcode: address.zipcode }),
    ...(taxId === null ? { kind: 'consumer' } : { kind: 'business', taxId }),
  };
}
