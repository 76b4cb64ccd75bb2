import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptId, PaymentId } from '@payonce/engine/domain';
import { until } from '../../packages/cli/src/until.js';
import { buyDirectly, buyOnPage, cardPageOf, giveCard } from './buyers.js';
import type { Begun } from './buyers.js';
import type { Merchant } from './merchant.js';
import { charged, faultsOf } from './processor.js';
import type { Stack } from './stack.js';

/** What is bought while the processes die. */
export interface Crash {
  readonly stack: Stack;
  readonly merchant: Merchant;
  /** By the card on file: charged, and the answer held back while worker and Temporal are killed. */
  readonly direct: number;
  /** On the card page: paid while worker, or Temporal too, are dead. */
  readonly onPage: number;
  /** Begun while Temporal is dead. */
  readonly meanwhile: number;
}

/**
 * Kills worker and Temporal where it hurts: after the charges and before anybody wrote down that they succeeded; then the worker again while goods are handed over, and
 * Temporal again while events are delivered. The processor's reports about the direct charges are lost meanwhile. Answers all payments that were begun.
 */
export async function crash(story: Crash): Promise<readonly PaymentId[]> {
  const { stack, merchant } = story;
  const faults = faultsOf(stack);
  const pages = await openPages(story);
  await faults.set([HELD_BACK, REPORT_LOST]);
  const direct = Promise.all(times(story.direct, () => buyDirectly(merchant)));
  const references = await charged(stack, story.direct);
  await stack.kill('worker');
  await requireUnwritten(stack, references);
  await faults.set(references.map((reference) => ({ ...REPORT_LOST, reference })));
  const [early, late] = [pages.slice(0, pages.length / 2), pages.slice(pages.length / 2)];
  await Promise.all(early.map(({ page }) => giveCard(page)));
  await stack.kill('temporal');
  const meanwhile = Promise.all(times(story.meanwhile, () => buyDirectly(merchant)));
  await Promise.all(late.map(({ page }) => giveCard(page)));
  const begun = [...(await direct), ...(await meanwhile), ...pages];
  await stack.restart('temporal');
  await stack.restart('worker');
  await firstPaid(stack, await direct);
  await stack.kill('worker');
  await faults.set([]);
  await stack.restart('worker');
  await sleep(SOME_DELIVERED_MS);
  await stack.kill('temporal');
  await stack.restart('temporal');
  return begun.map(({ payment }) => payment);
}

const HELD_BACK = { operation: 'create_payment', effect: 'hang' } as const;
const REPORT_LOST = { operation: 'webhook', effect: 'error_before' } as const;
const SOME_DELIVERED_MS = 500;

const times = <Value>(count: number, make: () => Promise<Value>): readonly Promise<Value>[] =>
  Array.from({ length: count }, make);

async function openPages({ stack, merchant, onPage }: Crash): Promise<readonly (Begun & { readonly page: string })[]> {
  const begun = await Promise.all(times(onPage, () => buyOnPage(merchant)));
  return Promise.all(begun.map(async (each) => ({ ...each, page: await cardPageOf(stack, each) })));
}

/** The kill has to land after the money moved and before that was written down. */
async function requireUnwritten({ records: { stores } }: Stack, references: readonly string[]): Promise<void> {
  const attempts = await Promise.all(references.map((reference) => stores.attempts.find(reference as AttemptId)));
  const known = attempts.filter((attempt) => attempt?.outcome !== null);
  if (known.length > 0) throw new Error(`${known.length} charges were on record before the worker was killed`);
}

/** Waits until the first purchase is known to be paid; others are on their way then. */
const firstPaid = ({ records: { stores } }: Stack, begun: readonly Begun[]): Promise<true> =>
  until({
    what: 'the first payment that is known to have succeeded',
    forMs: 120_000,
    everyMs: 20,
    look: async () => {
      const found = await Promise.all(begun.map(({ payment }) => stores.payments.find(payment)));
      return found.some((payment) => payment?.state.value.kind === 'paid') ? true : undefined;
    },
  });
