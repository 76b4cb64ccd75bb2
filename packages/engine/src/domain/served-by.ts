import type { Currency, Mode, ProcessorRule, Routes, TaxCategory, TaxRule, TaxableLine } from '@payonce/plugin-sdk';
import { DomainError } from './domain-error.js';

export type { TaxRule } from '@payonce/plugin-sdk';

/** The providers of money and tax that a purchase may use, as the configuration had them when it started. */
export interface ServingRoutes {
  /** Of buyers whom no rule names, and of those who have not said where they are. */
  readonly processor: string;
  /** Of buyers in some countries; the first that names the country decides. */
  readonly processorRules?: readonly CountryRule[];
  /** Of lines that no rule names. */
  readonly taxCalculator: string;
  /** The first that matches a line decides. */
  readonly taxRules?: readonly TaxRule[];
}

/** A processor for buyers in some countries. */
export interface CountryRule {
  readonly use: string;
  readonly countries: readonly string[];
}

/** Which plugins serve this purchase, recorded when it started. The versions are for information. */
export interface ServedBy extends ServingRoutes {
  readonly plugins: readonly { readonly name: string; readonly version: string; readonly contractVersion: number }[];
}

/** A purchase, as far as routes ask. */
export interface Routed {
  readonly mode: Mode;
  readonly currency: Currency;
  readonly lines: readonly { readonly category: TaxCategory }[];
}

/**
 * The part of the routes that can concern a purchase. Throws a DomainError SERVICE_UNAVAILABLE for a mode that no processor serves, and UNSUPPORTED_CURRENCY for a currency
 * that no rule of the mode takes.
 */
export function routesFor({ routes, mode, currency, lines }: Routed & { readonly routes: Routes }): ServingRoutes {
  const rules = processorRules(routes, mode).filter(({ currencies }) => currencies?.includes(currency) ?? true);
  const end = rules.findIndex(({ countries }) => countries === undefined);
  const everywhere = rules[end];
  if (everywhere === undefined)
    throw new DomainError('UNSUPPORTED_CURRENCY', `No processor takes ${currency} in ${mode} mode.`);
  const byCountry = rules.slice(0, end).flatMap(({ use, countries = [] }) => [{ use, countries }]);
  return {
    processor: everywhere.use,
    ...(byCountry.length > 0 && { processorRules: byCountry }),
    ...taxRoutes(routes, lines),
  };
}

function processorRules({ processor }: Routes, mode: Mode): readonly ProcessorRule[] {
  const route = processor[mode];
  if (route !== undefined) return typeof route === 'string' ? [{ use: route }] : route;
  throw new DomainError(
    'SERVICE_UNAVAILABLE',
    `no processor serves ${mode} mode: name one as routes.processor.${mode} in the plugin configuration`,
  );
}

function taxRoutes({ tax }: Routes, lines: Routed['lines']): Pick<ServingRoutes, 'taxCalculator' | 'taxRules'> {
  if (typeof tax === 'string') return { taxCalculator: tax };
  const sold = lines.map(({ category }) => category);
  const rules = tax.rules.filter(({ categories }) => categories?.some((category) => sold.includes(category)) ?? true);
  return { taxCalculator: tax.fallback, ...(rules.length > 0 && { taxRules: rules }) };
}

/** Who takes the money of a buyer; null for one who has not said where. */
export const processorOf = (
  { processor, processorRules: rules = [] }: Pick<ServingRoutes, 'processor' | 'processorRules'>,
  country: string | null,
): string => rules.find(({ countries }) => country !== null && countries.includes(country))?.use ?? processor;

/** Everybody who may take the money. */
export const processorsOf = ({
  processor,
  processorRules: rules = [],
}: Pick<ServingRoutes, 'processor' | 'processorRules'>): readonly string[] => [
  ...new Set([...rules.map(({ use }) => use), processor]),
];

/** Everybody who may be asked about tax. */
export const calculatorsOf = ({ taxCalculator, taxRules = [] }: TaxRouting): readonly string[] => [
  ...new Set([...taxRules.map(({ use }) => use), taxCalculator]),
];

/** The part of the routes that tax asks for. */
export type TaxRouting = Pick<ServingRoutes, 'taxCalculator' | 'taxRules'>;

/** What one calculator is asked about. */
export interface TaxShare<Line> {
  readonly calculator: string;
  readonly lines: readonly Line[];
}

/** Which calculator answers which lines of a buyer. Every line is in exactly one share. */
export function taxShares<Line extends Pick<TaxableLine, 'category'>>({
  servedBy: { taxCalculator, taxRules = [] },
  country,
  lines,
}: {
  readonly servedBy: TaxRouting;
  readonly country: string;
  readonly lines: readonly Line[];
}): readonly TaxShare<Line>[] {
  const shares = new Map<string, Line[]>();
  for (const line of lines) {
    const rule = taxRules.find(
      ({ countries, categories }) =>
        (countries?.includes(country) ?? true) && (categories?.includes(line.category) ?? true),
    );
    const calculator = rule?.use ?? taxCalculator;
    shares.set(calculator, [...(shares.get(calculator) ?? []), line]);
  }
  return [...shares].map(([calculator, own]) => ({ calculator, lines: own }));
}
