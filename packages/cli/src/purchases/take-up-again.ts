import { ids } from '@payonce/engine/adapters';
import type { Payment } from '@payonce/engine/domain';
import type { Shop } from '../connections/shop.js';
import { Explained } from '../explained.js';

type Report = Parameters<Shop['purchases']['report']>[0]['report'];

/**
 * Starts the workflow of an unfinished record again, from the record, by telling it once more what the record says: a repetition changes nothing. An open attempt is
 * looked up there, never charged again.
 */
export async function takeUpAgain({ purchases }: Pick<Shop, 'purchases'>, payment: Payment): Promise<void> {
  const { id, session, business, mode } = payment;
  await purchases.report({ payment: id, session, business, mode, report: knownReport(payment) });
}

function knownReport({ id, state: { value } }: Payment): Report {
  const inbox = ids.mint('inb');
  switch (value.kind) {
    case 'paid':
    case 'held':
      return {
        kind: 'payment',
        inbox,
        attempt: value.attempt,
        outcome: { status: 'succeeded', captured: value.captured },
      };
    case 'attempt_open': {
      const status = value.phase === 'charging' ? 'unknown' : value.phase;
      return { kind: 'payment', inbox, attempt: value.attempt, outcome: { status } };
    }
    case 'awaiting_payment':
    case 'closed':
      throw new Explained(
        `${id} is ${value.kind === 'closed' ? value.reason : 'not paid yet'}: there is nothing to take up again.`,
        { exitCode: 1 },
      );
  }
}
