import { cardNetwork, passesLuhn } from './card-number.js';

/** What the buyer typed. */
export interface CardForm {
  readonly number: string;
  readonly expiry: string;
  readonly cvc: string;
  readonly name: string;
}

/** What is wrong, per field, in words for the buyer. */
export type CardFormErrors = Readonly<Partial<Record<keyof CardForm, string>>>;

/** A card that passed its checks, or what to change. */
export type CheckedCard =
  | { readonly valid: true; readonly number: string; readonly expMonth: number; readonly expYear: number }
  | { readonly valid: false; readonly errors: CardFormErrors };

/** Checks number (Luhn), expiry (not in the past, UTC), CVC and name. */
export function checkCard(form: CardForm, now: Date): CheckedCard {
  const number = form.number.replace(/[\s-]/g, '');
  const expiry = readExpiry(form.expiry);
  const problems = {
    number: numberProblem(number),
    expiry: expiryProblem(expiry, now),
    cvc: cvcProblem(form.cvc.trim(), number),
    name: form.name.trim() === '' ? 'Enter the name on the card.' : undefined,
  };
  const errors = Object.fromEntries(
    Object.entries(problems).filter(([, problem]) => problem !== undefined),
  ) as CardFormErrors;
  if (expiry === undefined || Object.keys(errors).length > 0) return { valid: false, errors };
  return { valid: true, number, expMonth: expiry.month, expYear: expiry.year };
}

function numberProblem(number: string): string | undefined {
  if (number === '') return 'Enter the card number.';
  if (!/^\d{12,19}$/.test(number)) return 'A card number has 12 to 19 digits.';
  return passesLuhn(number) ? undefined : 'This card number is not valid. Check its digits.';
}

interface Expiry {
  readonly month: number;
  readonly year: number;
}

function readExpiry(text: string): Expiry | undefined {
  const match = /^(\d{2})\s?\/?\s?(?:20)?(\d{2})$/.exec(text.trim());
  const month = Number(match?.[1]);
  return month >= 1 && month <= 12 ? { month, year: 2000 + Number(match?.[2]) } : undefined;
}

function expiryProblem(expiry: Expiry | undefined, now: Date): string | undefined {
  if (expiry === undefined) return 'Enter the expiry date as MM/YY.';
  const firstInvalid = Date.UTC(expiry.year, expiry.month, 1);
  return firstInvalid <= now.getTime() ? 'This card has expired.' : undefined;
}

function cvcProblem(cvc: string, number: string): string | undefined {
  const length = cardNetwork(number) === 'amex' ? 4 : 3;
  return /^\d+$/.test(cvc) && cvc.length === length ? undefined : `Enter the ${length} digits of the CVC.`;
}
