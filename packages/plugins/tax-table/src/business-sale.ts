import type { CalculateTax } from '@payonce/plugin-sdk';
import { BUSINESSES } from './data/businesses.js';
import type { BusinessRule } from './data/businesses.js';
import { lawOf } from './place.js';
import type { Place } from './place.js';
import { canCheckTaxId, isPlausibleTaxId } from './tax-id.js';

/** What decides who accounts for the tax of a sale to a business. */
export interface BusinessQuestion {
  readonly request: Pick<CalculateTax, 'buyer' | 'seller'>;
  readonly place: Place;
  /** Whether the seller collects the country's tax. */
  readonly registered: boolean;
  /** Where the merchant's rule differs from the one of the table. */
  readonly rules: Readonly<Record<string, BusinessRule>>;
}

/** Whether the buyer accounts for the tax instead of the seller, or why a tax id that was given changes nothing. */
export interface BusinessAnswer {
  readonly reverseCharge: boolean;
  readonly notices: readonly string[];
}

export function businessSale({ request, place, registered, rules }: BusinessQuestion): BusinessAnswer {
  const { kind, taxId } = request.buyer;
  const { country } = place;
  const unused = (why: string): BusinessAnswer => ({
    reverseCharge: false,
    notices: [`The tax id was not used: ${why}.`],
  });
  const seller = request.seller.country === undefined ? undefined : lawOf(request.seller.country);
  if (kind !== 'business' || taxId === undefined || seller === country) return { reverseCharge: false, notices: [] };
  const rule = ownValue(rules, country) ?? ownValue(BUSINESSES, country)?.rule ?? 'charged';
  if (rule === 'charged') return unused(`businesses in ${country} are charged like consumers`);
  if (rule === 'unregistered_only' && registered)
    return unused(`a seller who is registered in ${country} charges businesses too`);
  if (!canCheckTaxId(country)) return unused(`tax ids of ${country} cannot be checked`);
  if (!isPlausibleTaxId({ country, taxId })) return unused(`it does not look like a VAT number of ${country}`);
  if (seller === undefined) return unused('the country of the seller is not set');
  return { reverseCharge: true, notices: [] };
}

const ownValue = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
