import { until } from '../../packages/cli/src/until.js';
import { callerOf } from './caller.js';
import type { LedgerEntry } from './evidence.js';
import type { Stack } from './stack.js';

/** What goes wrong at the processor from now on. */
export function faultsOf({ sandboxUrl, sandboxKey }: Stack) {
  const sandbox = callerOf({ url: sandboxUrl, key: sandboxKey });
  return {
    set: (rules: readonly object[]) => sandbox.call({ method: 'PUT', path: '/v1/control/faults', body: rules }),
  };
}

/** Waits until the processor took the money so often. Answers for what. */
export async function charged({ sandboxUrl, sandboxKey }: Stack, count: number): Promise<readonly string[]> {
  const sandbox = callerOf({ url: sandboxUrl, key: sandboxKey });
  return until({
    what: `${count} charges`,
    forMs: 60_000,
    look: async () => {
      const entries = (await sandbox.call({ path: '/v1/ledger' }))['entries'] as readonly LedgerEntry[];
      return entries.length >= count ? entries.map(({ reference }) => reference) : undefined;
    },
  });
}
