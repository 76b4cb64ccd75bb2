import { stdnum } from 'stdnum';
import { TAX_IDS } from './data/tax-ids.js';

/** Whether tax ids of a country can be checked at all. */
export const canCheckTaxId = (country: string): boolean => Object.hasOwn(TAX_IDS, country);

/** Longer than any number with its spaces and dots. */
const LONGEST = 40;

/**
 * Whether a text has the form and the check digits of a business's tax id of that country; spaces, dots and dashes do not count. Member states' and British numbers
 * come with their prefix. Whether the number exists is not asked.
 */
export function isPlausibleTaxId({ country, taxId }: { readonly country: string; readonly taxId: string }): boolean {
  const rule = canCheckTaxId(country) ? TAX_IDS[country] : undefined;
  const text = taxId.toUpperCase().replaceAll(/[\s./-]/g, '');
  if (rule === undefined || text.length > LONGEST) return false;
  const prefix = rule.prefixes?.find((one) => text.startsWith(one));
  if (rule.prefixes !== undefined && prefix === undefined) return false;
  const validator = stdnum[country]?.[rule.validator];
  return validator?.validate(text.slice(prefix?.length ?? 0)).isValid ?? false;
}
