import { randomUUID } from 'node:crypto';
import type { Call, CreatePayment, Json, PluginHost, ProcessorAdapter, RefundPayment } from '@payonce/plugin-sdk';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import { manualAdapter } from '../adapter.js';
import { manualOptions } from '../options.js';

export const OPTIONS = {
  accounts: [
    {
      currencies: ['CHF'],
      countries: ['CH'],
      details: [{ label: 'IBAN', value: 'CH93 0076 2011 6238 5295 7' }],
    },
    { currencies: ['EUR', 'CHF'], details: [{ label: 'IBAN', value: 'DE89 3704 0044 0532 0130 00' }] },
  ],
};

const quiet = (): void => undefined;

/** A call as the engine makes it. */
export const callFor = <Input extends object>(input: Input): Input & Call & { readonly business: string } => ({
  business: 'bus_1',
  idempotencyKey: `key-${randomUUID()}`,
  signal: new AbortController().signal,
  logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  mode: 'test',
  ...input,
});

/** Runs an action of an adapter as the API does: the input is parsed first. */
export async function act(
  adapter: ProcessorAdapter,
  {
    name,
    input,
    ...own
  }: { readonly name: string; readonly input: Json; readonly idempotencyKey?: string; readonly business?: string },
) {
  const action = adapter.actions?.[name];
  if (action === undefined) throw new Error(`there is no action ${name}`);
  const parsed = await action.input['~standard'].validate(input);
  if (parsed.issues !== undefined) throw new TypeError(parsed.issues.map(({ message }) => message).join('; '));
  return action.run(callFor({ input: parsed.value, ...own }));
}

/** An adapter with a clock that can be moved on. */
export function openDesk({ options = {}, host = memoryHost() }: { options?: object; host?: PluginHost } = {}) {
  let now = new Date('2026-11-23T10:00:00.000Z');
  const parsed = manualOptions.parse({ ...OPTIONS, ...options });
  const adapter = manualAdapter({ options: parsed, host, now: () => now });
  return {
    adapter,
    daysPass(days: number) {
      now = new Date(now.getTime() + days * 24 * 60 * 60 * 1000);
    },
    /** A buyer chose to pay by transfer: what the page says. */
    async order(fields: Partial<CreatePayment> = {}) {
      const reference = `att_${randomUUID()}`;
      const result = await adapter.createPayment(
        callFor({
          reference,
          amount: { amount: 2500, currency: 'EUR' as const },
          description: 'A font',
          returnUrl: 'https://shop.example/return',
          customer: { id: 'cus_1', email: 'ada@example.com', name: 'Ada' },
          country: 'DE',
          ...fields,
        }),
      );
      const number = (result.status === 'processing' && result.processorRef) || '';
      return { reference, number, result };
    },
    look: (reference: string) => adapter.retrievePayment(callFor({ reference })),
    paid: (reference: string, amount: number, more: Readonly<Record<string, Json>> = {}) =>
      act(adapter, {
        name: 'mark_paid',
        input: { reference, amount, currency: 'EUR', evidence: `line ${randomUUID()}`, actor: 'ann', ...more },
      }),
    refund: (
      payment: { readonly reference: string; readonly number: string },
      amount: number,
      reference = `ref_${randomUUID()}`,
    ) =>
      adapter.refund(
        callFor<Omit<RefundPayment, keyof Call | 'business'>>({
          reference,
          payment: { reference: payment.reference, processorRef: payment.number },
          amount: { amount, currency: 'EUR' },
        }),
      ),
    act: (name: string, input: Json, idempotencyKey?: string) =>
      act(adapter, { name, input, ...(idempotencyKey && { idempotencyKey }) }),
  };
}
