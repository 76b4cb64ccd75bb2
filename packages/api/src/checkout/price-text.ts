import type { Currency, Money, Rate } from '@payonce/plugin-sdk';
import { CURRENCY_EXPONENTS, parseRate, toDecimal } from '@payonce/plugin-sdk';

const LOCALE = 'en-US';
const RATE_DECIMALS = 6n;

const formats = new Map<Currency, Intl.NumberFormat>();

/** An amount as buyers read it: '€12.55'. Exact: no floating-point number comes between, and the decimals are our own table's, not the machine's. */
export const priceText = (money: Money): string => formatOf(money.currency).format(decimal(toDecimal(money)));

/** The same, taken off: '−€2.50'. */
export const minusText = ({ amount, currency }: Money): string => `\u2212${priceText({ amount, currency })}`;

/** A rate as buyers read it: '19/100' is '19%', '7/80' is '8.75%'. */
export function rateText(rate: Rate): string {
  const { numerator, denominator } = parseRate(rate);
  const scaled = (2n * numerator * 10n ** RATE_DECIMALS + denominator) / (2n * denominator);
  const digits = String(scaled).padStart(Number(RATE_DECIMALS) + 1, '0');
  const split = digits.length - Number(RATE_DECIMALS);
  return percent.format(decimal(`${digits.slice(0, split)}.${digits.slice(split)}`));
}

/** Basis points as buyers read them: 2500 is '25%'. */
export const basisPointsText = (basisPoints: number): string => rateText(`${basisPoints}/10000`);

/** A day as buyers read it, in UTC: 'May 2, 2026'. */
export const dateText = (date: Date): string => days.format(date);

const percent = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 4 });
const days = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeZone: 'UTC' });

function formatOf(currency: Currency): Intl.NumberFormat {
  const known = formats.get(currency);
  if (known) return known;
  const digits = CURRENCY_EXPONENTS[currency];
  const format = new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  formats.set(currency, format);
  return format;
}

function decimal(text: string): `${number}` {
  if (!isDecimal(text)) throw new TypeError(`'${text}' is not a decimal number`);
  return text;
}

const isDecimal = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text);
