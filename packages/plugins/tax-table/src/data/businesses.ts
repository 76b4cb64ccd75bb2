import { TAX_IDS } from './tax-ids.js';

/**
 * How a seller abroad treats a business there that gives a plausible tax id:
 * `reverse_charge`: the buyer accounts for the tax, whether or not the seller is registered;
 * `unregistered_only`: the buyer does so only while the seller is not registered, a registered seller charges everybody;
 * `charged`: a business is charged like a consumer.
 */
export type BusinessRule = 'reverse_charge' | 'unregistered_only' | 'charged';

/** A rule and what says so. */
export interface SourcedRule {
  readonly rule: BusinessRule;
  readonly source: string;
}

const WORLD: Readonly<Record<string, SourcedRule>> = {
  AE: { rule: 'reverse_charge', source: 'Federal Decree-Law 8/2017 art. 48' },
  AU: { rule: 'reverse_charge', source: 'ATO, imported services and digital products for Australian businesses' },
  CA: { rule: 'charged', source: 'Excise Tax Act s. 165; the simplified registration charges consumers only' },
  CH: { rule: 'unregistered_only', source: 'MWSTG art. 45' },
  IN: { rule: 'reverse_charge', source: 'IGST Act s. 5 (3), s. 14: non-taxable online recipients only' },
  IS: { rule: 'reverse_charge', source: 'Act 50/1988 art. 35' },
  JP: { rule: 'charged', source: 'National Tax Agency: services that consumers can buy too are B2C' },
  KR: { rule: 'reverse_charge', source: 'VAT Act art. 53-2: not to registered businesses' },
  MX: { rule: 'charged', source: 'LIVA art. 18-B knows no difference' },
  NO: { rule: 'reverse_charge', source: 'Skatteetaten, VOEC: sales to businesses' },
  NZ: { rule: 'reverse_charge', source: 'IRD, remote services: not to registered businesses' },
  SG: { rule: 'reverse_charge', source: 'IRAS, overseas vendor registration: not to registered customers' },
  TR: { rule: 'reverse_charge', source: 'KDV General Communiqué 17' },
  ZA: { rule: 'charged', source: 'Regulation of 2025: exempt only if all buyers there are vendors' },
};

/** By country. The member states by art. 44 and 196 of the VAT Directive, the United Kingdom by VATA 1994 s. 8. */
export const BUSINESSES: Readonly<Record<string, SourcedRule>> = {
  ...Object.fromEntries(
    Object.entries(TAX_IDS)
      .filter(([, { prefixes }]) => prefixes !== undefined)
      .map(([country]) => [country, { rule: 'reverse_charge', source: 'Directive 2006/112/EC art. 196' }] as const),
  ),
  GB: { rule: 'reverse_charge', source: 'VATA 1994 s. 8' },
  ...WORLD,
};
