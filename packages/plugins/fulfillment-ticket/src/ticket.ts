import { RetryableError } from '@payonce/plugin-sdk';
import type { Grant, PluginStore, StoredEntry } from '@payonce/plugin-sdk';
import { z } from 'zod';

const admission = z.strictObject({
  /** The idempotency key of the check-in. */
  key: z.string(),
  at: z.string(),
  gate: z.string().nullable(),
  undone: z.strictObject({ key: z.string(), at: z.string() }).nullable(),
});

const ticket = z.strictObject({
  /** 'free' before a seat is taken and after it was released; 'ended' for good. */
  seat: z.enum(['free', 'held', 'sold', 'ended']),
  /** The move of the ledger that this seat follows from. */
  sequence: z.int(),
  product: z.string(),
  payment: z.string(),
  unit: z.int(),
  /** There once it is sold. */
  code: z.string().nullable(),
  /** Newest last; at most the last of them is not undone. */
  admissions: z.array(admission),
});

const pointer = z.strictObject({ event: z.string(), grant: z.string() });

/** What is kept of one grant. Says nothing about people: who has which payment stands in the engine's records, where it can be erased. */
export type Ticket = z.output<typeof ticket>;
export type Admission = z.output<typeof admission>;
export type Pointer = z.output<typeof pointer>;

/** One grant's ticket of one event. */
export interface TicketPlace {
  readonly store: PluginStore;
  readonly event: string;
  readonly grant: string;
}

export const ticketPrefix = (event: string): string => `ticket/${event}/`;
const ticketKey = ({ event, grant }: Pointer): string => `${ticketPrefix(event)}${grant}`;

export const ticketIn = ({ value }: StoredEntry): Ticket => ticket.parse(value);

/** The ticket as it stands; undefined when no seat was ever asked for. */
export async function findTicket({ store, ...of }: TicketPlace): Promise<Ticket | undefined> {
  const entry = await store.get(ticketKey(of));
  return entry && ticketIn(entry);
}

/** A ticket that nobody asked a seat for yet. */
export const newTicket = ({ product, payment, unit }: Pick<Grant, 'product' | 'payment' | 'unit'>): Ticket => ({
  seat: 'free',
  sequence: 0,
  product,
  payment,
  unit,
  code: null,
  admissions: [],
});

/** Where a code leads; undefined when it was never given out. */
export async function findByCode(store: PluginStore, code: string): Promise<Pointer | undefined> {
  const entry = await store.get(codeKey(code));
  return entry && pointer.parse(entry.value);
}

/** Makes a code lead to its ticket. Repeat-safe. */
export const keepCode = async ({ store, code, ...of }: TicketPlace & { readonly code: string }): Promise<void> =>
  void (await store.insert(codeKey(code), of));

const codeKey = (code: string): string => `code/${code}`;

/** What comes out of looking at a ticket: an answer, and the changed ticket when it changes. */
export interface Change<Answer> {
  readonly answer: Answer;
  readonly next?: Ticket;
}

/** Every lost race means that somebody else's change was stored, so this ends long before. */
const MOST_TRIES = 1_000;

/** Changes a ticket as it stands at that very moment: of many callers at once each sees what the ones before it stored. */
export async function changeTicket<Answer>({
  change,
  ...place
}: TicketPlace & { change(ticket: Ticket | undefined): Change<Answer> }): Promise<Answer> {
  const { store } = place;
  const key = ticketKey(place);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const entry = await store.get(key);
    const { answer, next } = change(entry && ticketIn(entry));
    if (next === undefined) return answer;
    const isStored = await (entry ? store.replace({ ...entry, value: next }) : store.insert(key, next));
    if (isStored) return answer;
  }
  throw new RetryableError({ code: 'store_busy', message: 'the ticket changes faster than it can be read' });
}
