import { randomUUID } from 'node:crypto';
import { PROCESSOR_ADAPTER, pluginErrorKind } from '@payonce/plugin-sdk';
import type { Call, CreatePayment, PaymentResult, PluginHost, ProcessorAdapter } from '@payonce/plugin-sdk';
import { processorStripe } from '../index.js';
import type { FakeStripe } from './fake-stripe.js';

export const TEST_KEYS = {
  secretKey: 'sk_test_ofthetestsofthisplugin',
  webhookSecrets: ['whsec_ofthetestsofthisplugin', 'whsec_theoneitisrolledto'],
} as const;

/** The adapter as an installation has it, with a store of its own. */
export async function adapterFor(given: {
  readonly fake: Pick<FakeStripe, 'api'>;
  readonly host: PluginHost;
  readonly options?: object;
}): Promise<ProcessorAdapter> {
  const found: ProcessorAdapter[] = [];
  const isAdapter = (kind: object, _provider: unknown): _provider is ProcessorAdapter => kind === PROCESSOR_ADAPTER;
  const registry = {
    add: (kind: object, provider: unknown): void => void (isAdapter(kind, provider) && found.push(provider)),
  };
  await processorStripe({ test: TEST_KEYS, api: given.fake.api, ...given.options }).load(registry, given.host);
  const [adapter] = found;
  if (adapter === undefined) throw new TypeError('the plugin registered no adapter');
  return adapter;
}

const quiet = (): void => undefined;

/** A call as the engine makes it, with what the verb needs. */
export const callFor = <Input extends object>(input: Input): Input & Call & { readonly business: string } => ({
  business: 'bus_1',
  idempotencyKey: `key-${randomUUID()}`,
  signal: AbortSignal.timeout(10_000),
  logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  mode: 'test',
  ...input,
});

/** A charge under a reference of its own; on a page when no method is named. */
export const newPayment = (fields: Partial<CreatePayment> = {}): CreatePayment =>
  callFor({
    reference: `att_${randomUUID()}`,
    amount: { amount: 1255, currency: 'EUR' as const },
    description: 'A book',
    returnUrl: 'https://shop.example/return?attempt=att_1',
    customer: { id: 'cus_1', email: 'ada@example.com', name: 'Ada' },
    ...fields,
  });

/** Where the buyer is sent. */
export function redirectOf(result: PaymentResult): string {
  if (result.status === 'requires_action' && result.action.type === 'redirect') return result.action.url;
  throw new TypeError(`nobody is sent anywhere by ${JSON.stringify(result)}`);
}

/** The processor's own id of a payment. */
export const refOf = (result: PaymentResult): string => ('processorRef' in result ? (result.processorRef ?? '') : '');

/** Types a method on a page, or presses a button at the bank. Answers the status and where the buyer goes next. */
export async function press(url: string, fields: Readonly<Record<string, string>>) {
  const response = await fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });
  return { status: response.status, location: response.headers.get('location') ?? '' };
}

/** How a call fails: kind and code of the error. */
export const failure = (call: Promise<unknown>): Promise<string> =>
  call.then(
    (answer) => `answered ${JSON.stringify(answer)}`,
    (thrown: unknown) => `${pluginErrorKind(thrown)} ${String((thrown as { code?: string }).code)}`,
  );
