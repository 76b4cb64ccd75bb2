import type { Delivered } from '@payonce/plugin-sdk';

/** What kinds of entitlement the wire knows. */
export const INTEGRATION_TYPES = [
  'discord',
  'telegram',
  'github',
  'figma',
  'framer',
  'notion',
  'digital_files',
  'license_key',
  'feature_flag',
] as const;

/** One of {@link INTEGRATION_TYPES}. */
export type IntegrationType = (typeof INTEGRATION_TYPES)[number];

const OF_CONTENT: Readonly<Record<Delivered['content']['kind'], IntegrationType>> = {
  license_key: 'license_key',
  files: 'digital_files',
  content: 'feature_flag',
};

/** The providers that come along, by the wire's word for what they hand over. */
const BUNDLED: ReadonlyMap<string, IntegrationType> = new Map([
  ['files', 'digital_files'],
  ['license-keys', 'license_key'],
  ['license-key-pool', 'license_key'],
]);

/** The provider that serves a kind of entitlement of the wire: the bundled ones by name, any other under the wire's word with dashes. */
export const providerOfType = (type: IntegrationType): string =>
  [...BUNDLED].find(([, served]) => served === type)?.[0] ?? type.replaceAll('_', '-');

/** A provider, with what it delivered so far. */
export interface ProviderOfGrant {
  readonly provider: string;
  readonly delivered: Delivered | null;
}

/**
 * The wire's word for a fulfillment provider: its id when the wire knows that word (`github`), the bundled ones by name, else by what it delivered. The list is closed,
 * so any other provider counts as a feature flag: a right whose meaning the merchant knows.
 */
export function integrationType({ provider, delivered }: ProviderOfGrant): IntegrationType {
  const known = INTEGRATION_TYPES.find((type) => type === provider) ?? BUNDLED.get(provider);
  return known ?? (delivered ? OF_CONTENT[delivered.content.kind] : 'feature_flag');
}
