import type { PaymentResult, ProcessorAdapter } from '@payonce/plugin-sdk';
import { pluginErrorKind } from '@payonce/plugin-sdk';
import { sandboxAdapter } from '../adapter.js';
import { sandboxClient } from '../client.js';

const SECRET_KEY = 'sandbox-secret-key-of-the-tests';

/** An adapter and the running sandbox that it speaks to. */
export interface Bench {
  readonly adapter: ProcessorAdapter;
  readonly origin: string;
  /** Makes one thing go wrong, once. */
  fault(rule: Readonly<Record<string, unknown>>): Promise<void>;
  clearFaults(): Promise<void>;
  /** Ends a processing payment. */
  settle(payment: PaymentResult, outcome: 'succeeded' | 'failed'): Promise<void>;
  /** How often the sandbox really charged under a reference. */
  charges(reference: string): Promise<number>;
  close(): Promise<void>;
}

/** Starts a sandbox: `startSandbox`, which the tests bring. */
type Start = (options: typeof FIXED & { readonly mongodbUri: string; readonly database: string }) => Promise<{
  readonly origin: string;
  close(): Promise<void>;
}>;

const FIXED = { secretKey: SECRET_KEY, faults: true, settleAfterMs: 60_000 };

export async function startBench({ start, uri, name }: { start: Start; uri: string; name: string }): Promise<Bench> {
  const { origin, close } = await start({ ...FIXED, mongodbUri: uri, database: name });
  const client = sandboxClient({ origin, secretKey: SECRET_KEY });
  const adapter = sandboxAdapter({ client, webhookSecret: 'sandbox-webhook-secret', clock: () => new Date() });

  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${origin}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${SECRET_KEY}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };

  return {
    adapter,
    origin,
    close,
    fault: async (rule) => void (await ask('PUT', '/control/faults', [{ times: 1, ...rule }])),
    clearFaults: async () => void (await ask('DELETE', '/control/faults')),
    settle: async (payment, outcome) =>
      void (await ask('POST', '/control/settle', { payment: refOf(payment), outcome })),
    async charges(reference) {
      const { entries } = (await ask('GET', `/ledger?reference=${reference}`)) as { entries: { kind: string }[] };
      return entries.filter(({ kind }) => kind === 'charge').length;
    },
  };
}

/** The sandbox's own id of a payment. */
export const refOf = (result: PaymentResult): string => ('processorRef' in result ? (result.processorRef ?? '') : '');

/** How a call fails: kind and code of the error. */
export const failure = (call: Promise<unknown>): Promise<string> =>
  call.then(
    (answer) => `answered ${JSON.stringify(answer)}`,
    (thrown: unknown) => `${pluginErrorKind(thrown)} ${String((thrown as { code?: string }).code)}`,
  );
