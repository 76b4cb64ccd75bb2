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
]);

/** The providers that are shipped; another one may take a word of the wire as its id. */
const OF_PROVIDER: ReadonlyMap<string, IntegrationType> = new Map<string, IntegrationType>([
  ...INTEGRATION_TYPES.map((type) => [type, type] as const),
  ['license-keys', 'license_key'],
  ['files', 'digital_files'],
]);

/**
 * The wire's word for a fulfillment provider: by its id if that says it (`files`, `license-keys`, `github`), else by what it delivered. The list is closed, so anything
 * else counts as a feature flag: a right whose meaning the merchant knows.
 */
export const integrationType = ({
  provider,
  delivered,
}: {
  readonly provider: string;
  readonly delivered: Delivered | null;
}): IntegrationType => OF_PROVIDER.get(provider) ?? (delivered ? OF_CONTENT[delivered.content.kind] : 'feature_flag');
