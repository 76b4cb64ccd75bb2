import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { RetryableError } from '@payonce/plugin-sdk';
import type { Mode, PluginHost, PluginStore, StoredEntry } from '@payonce/plugin-sdk';
import { createBatches } from './batches.js';
import { EMPTY_LEDGER, decide, ledger } from './ledger.js';
import type { Ledger, Move, Verdict, Wanted } from './ledger.js';
import { changeTicket, findTicket, newTicket } from './ticket.js';

/*
 * How seats are counted.
 *
 * Each event has ONE entry that counts, its ledger, and every grant an entry of its own, its ticket. A store changes one entry at a time, so a seat is taken in two steps:
 * the ledger changes by compare-and-swap from N to N+1 seats and names, in the same write, the tickets that it moved; then those tickets are written. Whoever reads the
 * ledger first finishes what the last change left unfinished, so a crash between the steps loses nothing: the ledger is the truth, the tickets follow.
 *
 * Never oversold: a change is stored only if the ledger is still the one that was read, and it was read together with the tickets. Never leaked: a seat counts for a named
 * grant, so asking again finds it, and releasing or revoking frees it exactly once. A straggler that finishes an old move late does no harm: a ticket remembers the
 * sequence of its last move, takes only later ones, and is never removed.
 *
 * The cost does not depend on the capacity: five calls of the store for a seat alone. Buyers who come at once share one change of the ledger per process (a batch), so
 * a hundred of them cost a handful of changes instead of a hundred that race; processes race one another, a change each.
 */

const MOST_PER_BATCH = 100;
const MOST_TRIES = 200;
/** A few moves are looked at again by the next change; more than these are struck off at once. */
const FEW_MOVES = 4;

/** An event of one business in one mode. */
export interface EventPlace {
  readonly business: string;
  readonly mode: Mode;
  readonly event: string;
}

/** The seats of all events. */
export interface Seats {
  /** Repeat-safe: moving a grant's seat to where it is changes nothing. */
  move(place: EventPlace, wanted: Wanted): Promise<Verdict>;
  /** Undefined when no seat was ever asked for. */
  count(place: EventPlace): Promise<Ledger | undefined>;
}

interface Entering {
  readonly place: EventPlace;
  readonly wanted: Wanted;
}

export function createSeats(host: PluginHost): Seats {
  const enter = createBatches<Entering, Verdict>({
    most: MOST_PER_BATCH,
    laneOf: ({ place: { business, mode, event } }) => JSON.stringify([business, mode, event]),
    nameOf: ({ wanted }) => wanted.grant,
    run: (entering) => {
      const [{ place }] = entering;
      return commit({ store: host.store(place), event: place.event, wanted: entering.map(({ wanted }) => wanted) });
    },
  });
  return {
    move: (place, wanted) => enter({ place, wanted }),
    async count({ event, ...scope }) {
      const entry = await host.store(scope).get(ledgerKey(event));
      return entry && ledger.parse(entry.value);
    },
  };
}

interface Commit {
  readonly store: PluginStore;
  readonly event: string;
  readonly wanted: readonly Wanted[];
}

async function commit({ wanted, ...of }: Commit): Promise<readonly Verdict[]> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const entry = await ledgerEntry(of);
    const before = ledger.parse(entry.value);
    await settle(of, before);
    const tickets = await Promise.all(wanted.map(({ grant }) => findTicket({ ...of, grant })));
    const asked = wanted.map((each, index) => ({ wanted: each, ticket: tickets[index] }));
    const { after, verdicts } = decide({ before, asked });
    if (after.moves.length === 0) return verdicts;
    if (await of.store.replace({ ...entry, value: after })) {
      await settle(of, after);
      await strikeOff(of, after);
      return verdicts;
    }
    await pause(randomInt(1, 10 + tries));
  }
  throw new RetryableError({ code: 'store_busy', message: 'too many processes ask for seats at once: try again' });
}

type Place = Omit<Commit, 'wanted'>;

const ledgerKey = (event: string): string => `event/${event}`;

async function ledgerEntry({ store, event }: Place): Promise<StoredEntry> {
  const key = ledgerKey(event);
  const read = async (): Promise<StoredEntry | undefined> => store.get(key);
  const entry = (await read()) ?? (await store.insert(key, EMPTY_LEDGER), await read());
  if (entry === undefined) throw new RetryableError({ code: 'store_lost', message: `the ledger of ${event} is gone` });
  return entry;
}

/** Writes the moves of a change into their tickets. Repeat-safe, also long after later moves. */
const settle = async (of: Place, { moves, sequence }: Ledger): Promise<void> =>
  void (await Promise.all(moves.map((move) => write(of, { move, sequence }))));

/** Makes the tickets of an event say what its ledger says, also when the process that changed it died before they did. */
export async function finishMoves(of: Place): Promise<void> {
  const entry = await of.store.get(ledgerKey(of.event));
  if (entry) await settle(of, ledger.parse(entry.value));
}

const write = (of: Place, { move, sequence }: { readonly move: Move; readonly sequence: number }): Promise<void> =>
  changeTicket({
    ...of,
    grant: move.grant,
    change: (ticket = newTicket(move)) => {
      if (ticket.sequence >= sequence) return { answer: undefined };
      const { to: seat, code } = move;
      return { answer: undefined, next: { ...ticket, seat, sequence, code: code ?? ticket.code } };
    },
  });

/** Only tidies up: when somebody else was faster, it is done or not needed any more. */
async function strikeOff(of: Place, { moves, sequence }: Ledger): Promise<void> {
  if (moves.length <= FEW_MOVES) return;
  const entry = await of.store.get(ledgerKey(of.event));
  const now = entry && ledger.parse(entry.value);
  if (entry && now?.sequence === sequence) await of.store.replace({ ...entry, value: { ...now, moves: [] } });
}
