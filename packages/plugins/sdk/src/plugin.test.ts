import { expect, it } from '@jest/globals';
import type { FulfillmentProvider } from './fulfillment.js';
import { FULFILLMENT_PROVIDER, PROCESSOR_ADAPTER, TAX_CALCULATOR, definePlugin } from './plugin.js';
import type { PluginRegistry, ProviderKind } from './plugin.js';
import type { StandardSchema } from './standard-schema.js';
import type { TaxCalculator } from './tax.js';

interface Options {
  readonly rate: string;
}

const schema: StandardSchema<Options> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) =>
      typeof value === 'object' && value !== null && 'rate' in value && typeof value.rate === 'string'
        ? { value: { rate: value.rate } }
        : {
            issues: [
              { message: 'must be a text', path: ['rate'] },
              { message: 'is unknown', path: [{ key: 'list' }, 0] },
            ],
          },
  },
};

const taxFlat = definePlugin({
  name: 'tax-flat',
  version: '1.2.0',
  contractVersion: 1,
  options: schema,
  register(registry, { rate }) {
    registry.add(TAX_CALCULATOR, flat(rate));
  },
});

const flat = (rate: string): TaxCalculator => ({
  id: 'tax-flat',
  calculate: async ({ lines }) => ({
    lines: lines.map(({ id }) => ({
      line: id,
      taxes: [{ name: 'GST', rate, jurisdiction: 'AU', reason: 'standard' }],
      reason: 'standard',
    })),
  }),
});

function recordingRegistry(): PluginRegistry & { readonly added: string[] } {
  const added: string[] = [];
  return {
    added,
    add<Provider extends { readonly id: string }>(kind: ProviderKind<Provider>, provider: Provider): void {
      added.push(`${kind.name}:${provider.id}`);
    },
  };
}

it('registers its providers with the options that the schema parsed', async () => {
  const registry = recordingRegistry();
  await taxFlat({ rate: '10/100', ignored: true }).load(registry);
  expect(registry.added).toEqual(['tax_calculator:tax-flat']);
});

it('says what it is without being loaded', () => {
  expect(taxFlat({ rate: '0.1' })).toMatchObject({ name: 'tax-flat', version: '1.2.0', contractVersion: 1 });
  expect(taxFlat.definition.name).toBe('tax-flat');
});

it('refuses options that do not parse, naming each place and what is wrong there, and registers nothing', async () => {
  const registry = recordingRegistry();
  const loading = taxFlat({ rate: 10 }).load(registry);
  await expect(loading).rejects.toThrow(
    new TypeError("options of plugin tax-flat don't parse: options.rate: must be a text; options.list.0: is unknown"),
  );
  expect(registry.added).toEqual([]);
});

it('gives the schema an empty object when the configuration gives no options', async () => {
  let seen: unknown = 'nothing';
  const quiet = definePlugin({
    name: 'quiet',
    version: '1.0.0',
    contractVersion: 1,
    options: {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: async (value) => {
          seen = value;
          return { value: null };
        },
      },
    },
    register() {},
  });
  await quiet().load(recordingRegistry());
  expect(seen).toEqual({});
});

it('names for each kind of provider the verbs that it cannot do without', () => {
  const verbs: readonly (keyof FulfillmentProvider)[] = FULFILLMENT_PROVIDER.verbs;
  expect(verbs).toEqual(['describe', 'fulfill', 'revoke']);
  expect(TAX_CALCULATOR.verbs).toEqual(['calculate']);
  expect(PROCESSOR_ADAPTER.verbs).toContain('parseWebhook');
});
