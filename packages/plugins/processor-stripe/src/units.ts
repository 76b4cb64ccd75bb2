import { PermanentError, RetryableError, fromProcessorUnits, isCurrency, toProcessorUnits } from '@payonce/plugin-sdk';
import type { Currency, Money, ProcessorUnits } from '@payonce/plugin-sdk';

/**
 * Where Stripe counts otherwise than ISO 4217: the ariary without decimals; the Ugandan shilling with two, which are always zeros; three decimals with a zero as the last. (The
 * rules of forint and Taiwan dollar are about payouts: charges take both decimals.) https://docs.stripe.com/currencies
 */
const STRIPE_UNITS: ProcessorUnits = {
  decimals: { MGA: 0, UGX: 2 },
  steps: { BHD: 10, JOD: 10, KWD: 10, OMR: 10, TND: 10 },
};

const PRESENTMENT = `
  AED ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP
  GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR
  MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE SOS SRD SZL THB TND TOP TRY TTD TWD
  TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XOF XPF YER ZAR ZMW`;

/** The currencies that both Stripe and payonce know. What an account may really charge depends on its country. */
export const STRIPE_CURRENCIES: readonly Currency[] = PRESENTMENT.trim().split(/\s+/).filter(isCurrency);

/** The smallest charges that Stripe documents, in our minor units. Elsewhere the equivalent of about 0.50 USD holds, which only Stripe can tell. */
export const STRIPE_MINIMUMS: Readonly<Partial<Record<Currency, number>>> = {
  AED: 200,
  ARS: 50,
  AUD: 50,
  BRL: 50,
  CAD: 50,
  CHF: 50,
  COP: 50,
  CZK: 1500,
  DKK: 250,
  EUR: 50,
  GBP: 30,
  HKD: 400,
  HUF: 17_500,
  IDR: 50,
  ILS: 50,
  INR: 50,
  JPY: 50,
  KRW: 50,
  MXN: 1000,
  MYR: 200,
  NOK: 300,
  NZD: 50,
  PHP: 50,
  PLN: 200,
  RON: 200,
  RUB: 50,
  SEK: 300,
  SGD: 50,
  THB: 1000,
  USD: 50,
  ZAR: 50,
};

/** More digits Stripe takes in no currency. */
const MOST = 999_999_999_999;

/** The amount in Stripe's units. Throws a PermanentError when it cannot be charged or refunded exactly. */
export function toStripeAmount(money: Money): { readonly amount: number; readonly currency: string } {
  const amount = STRIPE_CURRENCIES.includes(money.currency) ? toProcessorUnits(money, STRIPE_UNITS) : undefined;
  if (amount !== undefined && amount >= 1 && amount <= MOST) return { amount, currency: money.currency.toLowerCase() };
  throw new PermanentError({
    code: 'amount_not_chargeable',
    message: `Stripe cannot move exactly ${money.amount} minor units of ${money.currency}`,
  });
}

/** Money that Stripe tells of. Throws a RetryableError, for the outcome is unknown, when it is none that we could have asked for. */
export function fromStripeAmount(told: { readonly amount: number; readonly currency: string }): Money {
  const money = fromProcessorUnits(told, STRIPE_UNITS);
  if (money !== undefined) return money;
  throw new RetryableError({
    code: 'processor_answer_invalid',
    message: `Stripe tells of ${told.amount} ${told.currency}, which is no amount of ours`,
  });
}
