import type { Client } from '@temporalio/client';
import type { Clock } from '@payonce/engine/ports';
import type { Mode } from '@payonce/plugin-sdk';
import { countPurchases, stuckPurchases } from './stuck-purchases.js';

/** What the metrics are read from. */
export interface MetricsDeps {
  readonly client: Client;
  readonly modes: readonly Mode[];
  readonly clock: Clock;
}

/** How long an answer is good for: several scrapers cost as much as one. */
const FRESH_MS = 10_000;

interface Reading {
  readonly mode: Mode;
  readonly needsAttention: number;
  readonly unknown: number;
  /** 0 when nothing waits. */
  readonly oldestSeconds: number;
}

/** Answers the metrics in Prometheus' text format, counted over all purchases of the namespace. Rejects while Temporal does not answer. */
export function createMetrics(deps: MetricsDeps): () => Promise<string> {
  let last: { readonly at: number; readonly text: Promise<string> } | undefined;
  return async () => {
    const now = deps.clock.now().getTime();
    if (last === undefined || now - last.at >= FRESH_MS) last = { at: now, text: read(deps).then(toText) };
    const { text } = last;
    try {
      return await text;
    } catch (error) {
      last = undefined;
      throw error;
    }
  };
}

const read = ({ modes, ...deps }: MetricsDeps): Promise<readonly Reading[]> =>
  Promise.all(modes.map((mode) => readMode(deps, mode)));

async function readMode({ client, clock }: Omit<MetricsDeps, 'modes'>, mode: Mode): Promise<Reading> {
  const [needsAttention, unknown, stuck] = await Promise.all([
    countPurchases({ client, mode, status: 'needs_attention' }),
    countPurchases({ client, mode, status: 'unknown' }),
    stuckPurchases({ client, mode }),
  ]);
  const ages = stuck.map(({ since }) => (clock.now().getTime() - since.getTime()) / 1000);
  return { mode, needsAttention, unknown, oldestSeconds: Math.round(Math.max(0, ...ages)) };
}

const toText = (readings: readonly Reading[]): string =>
  [
    gauge(readings, {
      name: 'payonce_needs_attention',
      help: 'Purchases that wait for a person.',
      value: ({ needsAttention }) => needsAttention,
    }),
    gauge(readings, {
      name: 'payonce_unknown',
      help: 'Purchases with a charge whose outcome the processor has not told, and that wait for no person yet.',
      value: ({ unknown }) => unknown,
    }),
    gauge(readings, {
      name: 'payonce_needs_attention_oldest_seconds',
      help: 'For how long the oldest of the purchases that wait for a person has waited; 0 when none does.',
      value: ({ oldestSeconds }) => oldestSeconds,
    }),
  ].join('');

interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly value: (reading: Reading) => number;
}

const gauge = (readings: readonly Reading[], { name, help, value }: Gauge): string =>
  [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...readings.map((reading) => `${name}{mode="${reading.mode}"} ${value(reading)}`),
    '',
  ].join('\n');
