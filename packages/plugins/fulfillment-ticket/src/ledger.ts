import { z } from 'zod';
import type { Ticket } from './ticket.js';

const move = z.strictObject({
  grant: z.string(),
  product: z.string(),
  payment: z.string(),
  unit: z.int(),
  to: z.enum(['free', 'held', 'sold', 'ended']),
  code: z.string().nullable(),
});

export const ledger = z.strictObject({
  held: z.int().min(0),
  sold: z.int().min(0),
  /** Of whoever moved last: shown, never decided by. */
  capacity: z.int().nullable(),
  /** Counts the changes of this ledger. */
  sequence: z.int(),
  /** The seats that the last change moved; written into their tickets before the next change. */
  moves: z.array(move),
});

export type Ledger = z.output<typeof ledger>;
export type Move = z.output<typeof move>;

export const EMPTY_LEDGER: Ledger = { held: 0, sold: 0, capacity: null, sequence: 0, moves: [] };

/** A seat that somebody asks for or gives back. */
export interface Wanted extends Move {
  readonly capacity: number | null;
  readonly signal: AbortSignal;
}

/** How it ended; `code` is the ticket's once the seat is sold. */
export type Verdict =
  | { readonly kind: 'done'; readonly code: string | null }
  | { readonly kind: 'full' }
  | { readonly kind: 'ended' }
  /** Its deadline was over before anything was decided. */
  | { readonly kind: 'over' };

/** A question with the ticket as it stands. */
export interface Asked {
  readonly wanted: Wanted;
  readonly ticket: Ticket | undefined;
}

/** What many callers at once come to, one after the other: each gets a verdict; the ledger after all of them. No two are about the same grant. */
export function decide({ before, asked }: { readonly before: Ledger; readonly asked: readonly Asked[] }): {
  readonly after: Ledger;
  readonly verdicts: readonly Verdict[];
} {
  let after: Ledger = { ...before, sequence: before.sequence + 1, moves: [] };
  const verdicts = asked.map(({ wanted, ticket }): Verdict => {
    const from = ticket?.seat ?? 'free';
    const verdict = verdictOn({ wanted, from, code: ticket?.code ?? null, taken: after.held + after.sold });
    if (verdict !== 'move') return verdict;
    after = moved(after, { wanted, from });
    return { kind: 'done', code: wanted.code };
  });
  return { after, verdicts };
}

interface Question {
  readonly wanted: Wanted;
  readonly from: Ticket['seat'];
  readonly code: string | null;
  readonly taken: number;
}

function verdictOn({ wanted: { to, capacity, signal }, from, code, taken }: Question): Verdict | 'move' {
  if (signal.aborted) return { kind: 'over' };
  if (isThere({ from, to })) return { kind: 'done', code };
  if (to === 'ended') return 'move';
  if (from === 'ended') return { kind: 'ended' };
  if (to === 'free' || from === 'held') return 'move';
  return capacity === null || taken < capacity ? 'move' : { kind: 'full' };
}

/** What is sold is neither reserved again nor released: only its end frees it. */
function isThere({ from, to }: { readonly from: Ticket['seat']; readonly to: Move['to'] }): boolean {
  if (from === to) return true;
  if (to === 'held') return from === 'sold';
  return to === 'free' && (from === 'sold' || from === 'ended');
}

function moved(
  before: Ledger,
  { wanted: { capacity, signal: _, ...move }, from }: { readonly wanted: Wanted; readonly from: Ticket['seat'] },
): Ledger {
  const change = (seat: 'held' | 'sold'): number => before[seat] + Number(move.to === seat) - Number(from === seat);
  const asksForOne = move.to === 'held' || move.to === 'sold';
  return {
    ...before,
    held: change('held'),
    sold: change('sold'),
    capacity: asksForOne ? capacity : before.capacity,
    moves: [...before.moves, move],
  };
}
