import { CURRENCY_EXPONENTS, PROCESSOR_ADAPTER, TAX_CALCULATOR, TAX_CATEGORIES, isCurrency } from '@payonce/plugin-sdk';
import type { ProcessorAdapter, ProcessorRoute, ProviderKind, Routes, TaxRoute } from '@payonce/plugin-sdk';
import { COUNTRY_CODES, isCountry } from '../domain/country-codes.js';
import type { Registry } from './registry.js';

/** Why routes cannot serve, one line each that says what to change; empty when they can. */
export const routeProblems = (registry: Registry, { processor, tax }: Routes): readonly string[] => [
  ...processorProblems({ registry, route: processor.test, at: 'routes.processor.test' }),
  ...processorProblems({ registry, route: processor.live, at: 'routes.processor.live' }),
  ...taxProblems({ registry, route: tax, at: 'routes.tax' }),
];

interface Placed<Route> {
  readonly registry: Registry;
  readonly route: Route;
  /** Where it stands in the configuration. */
  readonly at: string;
}

function processorProblems({ registry, route, at }: Placed<ProcessorRoute | undefined>): readonly string[] {
  if (route === undefined) return [];
  if (typeof route === 'string') return unknownProvider({ registry, kind: PROCESSOR_ADAPTER, id: route, at });
  if (route.length === 0) return [`${at} has no rules: name a processor, or leave it out`];
  const rules = route.map((rule, index) => ({ ...rule, at: `${at}.${index}` }));
  const problems = rules.flatMap((rule) => [
    ...unknownProvider({ registry, kind: PROCESSOR_ADAPTER, id: rule.use, at: `${rule.at}.use` }),
    ...strangeWords({ words: rule.currencies, known: isCurrency, at: `${rule.at}.currencies`, like: "'CHF'" }),
    ...strangeWords({ words: rule.countries, known: isCountry, at: `${rule.at}.countries`, like: "'CH'" }),
    ...untakenCurrencies({ adapter: registry.get(PROCESSOR_ADAPTER, rule.use), rule }),
  ]);
  if (problems.length > 0) return problems;
  const currencies = Object.keys(CURRENCY_EXPONENTS);
  const covers = rules.map((rule) => cover(rule, rule.currencies ?? currencies, rule.countries ?? COUNTRY_CODES));
  return [...neverReached(covers), ...strandedBuyers(rules, currencies)];
}

function taxProblems({ registry, route, at }: Placed<TaxRoute>): readonly string[] {
  if (typeof route === 'string') return unknownProvider({ registry, kind: TAX_CALCULATOR, id: route, at });
  const rules = route.rules.map((rule, index) => ({ ...rule, at: `${at}.rules.${index}` }));
  const problems = [
    ...rules.flatMap((rule) => [
      ...unknownProvider({ registry, kind: TAX_CALCULATOR, id: rule.use, at: `${rule.at}.use` }),
      ...strangeWords({ words: rule.countries, known: isCountry, at: `${rule.at}.countries`, like: "'CH'" }),
      ...strangeWords({
        words: rule.categories,
        known: isCategory,
        at: `${rule.at}.categories`,
        like: TAX_CATEGORIES.map((category) => `'${category}'`).join(', '),
      }),
    ]),
    ...unknownProvider({ registry, kind: TAX_CALCULATOR, id: route.fallback, at: `${at}.fallback` }),
  ];
  if (problems.length > 0) return problems;
  const covers = rules.map((rule) => cover(rule, rule.categories ?? TAX_CATEGORIES, rule.countries ?? COUNTRY_CODES));
  const everything = TAX_CATEGORIES.flatMap((category) => COUNTRY_CODES.map((country) => `${category} ${country}`));
  return neverReached([...covers, { at: `${at}.fallback`, cases: everything }]);
}

const isCategory = (word: string): boolean => TAX_CATEGORIES.some((category) => category === word);

function unknownProvider<Provider extends { readonly id: string }>({
  registry,
  kind,
  id,
  at,
}: {
  readonly registry: Registry;
  readonly kind: ProviderKind<Provider>;
  readonly id: string;
  readonly at: string;
}): readonly string[] {
  if (registry.get(kind, id)) return [];
  const known = registry.list(kind).map((provider) => `'${provider.id}'`);
  return [
    `${at}: no plugin provides the ${kind.name} '${id}'; ${known.length > 0 ? `there is ${known.join(', ')}` : 'add a plugin that does'}`,
  ];
}

function strangeWords({
  words,
  known,
  at,
  like,
}: {
  readonly words: readonly string[] | undefined;
  readonly known: (word: string) => boolean;
  readonly at: string;
  readonly like: string;
}): readonly string[] {
  if (words === undefined) return [];
  if (words.length === 0) return [`${at} is empty, so the rule matches nothing: leave it out to match everything`];
  return words.filter((word) => !known(word)).map((word) => `${at}: '${word}' is unknown: write it like ${like}`);
}

function untakenCurrencies({
  adapter,
  rule,
}: {
  readonly adapter: ProcessorAdapter | undefined;
  readonly rule: { readonly at: string; readonly use: string; readonly currencies?: readonly string[] };
}): readonly string[] {
  const taken: 'all' | readonly string[] = adapter?.capabilities.currencies ?? 'all';
  if (taken === 'all') return [];
  return (rule.currencies ?? [])
    .filter((code) => isCurrency(code) && !taken.includes(code))
    .map((code) => `${rule.at}.currencies: '${rule.use}' does not take ${code}: take it out of the rule`);
}

/** Everything that one rule matches, as words. */
interface Cover {
  readonly at: string;
  readonly cases: readonly string[];
}

const cover = ({ at }: { readonly at: string }, words: readonly string[], countries: readonly string[]): Cover => ({
  at,
  cases: words.flatMap((word) => countries.map((country) => `${word} ${country}`)),
});

function neverReached(covers: readonly Cover[]): readonly string[] {
  const taken = new Set<string>();
  return covers.flatMap(({ at, cases }) => {
    const reached = cases.some((each) => !taken.has(each));
    for (const each of cases) taken.add(each);
    return reached ? [] : [`${at} can never match: the rules before it take everything; move it up, or take it out`];
  });
}

interface PlacedRule {
  readonly at: string;
  readonly use: string;
  readonly currencies?: readonly string[];
  readonly countries?: readonly string[];
}

/** Buyers elsewhere, or who have not said where they are, need somebody too. */
const strandedBuyers = (rules: readonly PlacedRule[], currencies: readonly string[]): readonly string[] =>
  rules.flatMap(({ at, countries, ...rule }, index) => {
    if (countries === undefined) return [];
    const later = rules.slice(index + 1).filter((each) => each.countries === undefined);
    const stranded = (rule.currencies ?? currencies).find(
      (code) => !later.some((each) => each.currencies?.includes(code) ?? true),
    );
    return stranded === undefined
      ? []
      : [
          `${at} is for some countries only: add a rule without countries after it for everybody else who pays in ${rule.currencies?.join(', ') ?? 'any currency'}`,
        ];
  });
