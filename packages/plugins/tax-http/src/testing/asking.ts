import type { CalculateTax, ConfiguredPlugin, TaxCalculator, TaxRecord } from '@payonce/plugin-sdk';

/** For tests only: the calculator that a plugin registers. */
export async function calculatorOf(plugin: ConfiguredPlugin): Promise<TaxCalculator> {
  const added: TaxCalculator[] = [];
  await plugin.load({ add: (_, one) => void added.push(one as unknown as TaxCalculator) });
  const [first] = added;
  if (first === undefined) throw new Error('the plugin registered nothing');
  return first;
}

const call = () => ({
  idempotencyKey: 'pay_1:tax:1',
  signal: new AbortController().signal,
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  mode: 'test' as const,
});

export const question = (change: Partial<CalculateTax> = {}): CalculateTax => ({
  ...call(),
  seller: { business: 'bus_1', country: 'AT' },
  buyer: { country: 'DE', kind: 'business', postcode: '10115', taxId: 'DE136695976' },
  currency: 'EUR',
  date: '2026-11-23',
  lines: [{ id: 'line_0', product: 'pdt_1', category: 'saas', amount: 1999, inclusive: true }],
  ...change,
});

export const record = (change: Partial<TaxRecord> = {}): TaxRecord => ({ ...call(), payment: 'pay_1', ...change });
