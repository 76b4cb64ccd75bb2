import { RetryableError } from '@payonce/plugin-sdk';
import type { PaymentRef, PaymentResult } from '@payonce/plugin-sdk';
import { believe, intentAnswer, sessionAnswer } from './answers.js';
import type { Intent, Session } from './answers.js';
import type { StripeApi } from './api.js';
import { isUnder, listAll } from './listing.js';
import type { Notes } from './notes.js';
import { refused } from './refused.js';
import { isReference } from './requests.js';
import { searchIntents } from './search.js';
import { isOnPage, toIntentResult, toSessionResult } from './results.js';

export interface FindDeps {
  readonly api: StripeApi;
  readonly notes: Notes;
  readonly clock: () => Date;
}

/** A payment at Stripe: its page, if it has one, and the payment, if the buyer came so far. */
export interface Found {
  readonly session?: Session;
  readonly intent?: Intent;
}

/** Everything under a reference of ours. By the id when we know it; else by what was noted, by search and by time. */
export async function findPayments(deps: FindDeps, request: PaymentRef): Promise<readonly Found[]> {
  if (!isReference(request.reference)) return [];
  const byId = await findById(deps, request);
  return byId === undefined ? findByReference(deps, request) : [byId];
}

/** The one that counts: money first, then what may still become money. */
export function decisive(found: readonly Found[]): PaymentResult | undefined {
  const results = found.flatMap((each) => toResult(each) ?? []);
  return results.toSorted((one, other) => RANKS[one.status] - RANKS[other.status])[0];
}

const RANKS = { succeeded: 0, authorized: 1, processing: 2, requires_action: 3, failed: 4, cancelled: 5 } as const;

/** A page tells what becomes of its payment; without one the payment tells. */
function toResult({ session, intent }: Found): PaymentResult | undefined {
  if (session !== undefined) return toSessionResult({ ...session, ...(intent && { payment_intent: intent }) });
  return intent && toIntentResult(intent);
}

export const EXPANDED_INTENT = ['latest_charge'];
const EXPANDED_SESSION = ['payment_intent.latest_charge'];

async function findById(deps: FindDeps, request: PaymentRef): Promise<Found | undefined> {
  const { reference, processorRef = '' } = request;
  if (/^cs_\w{1,200}$/.test(processorRef)) {
    const session = await retrieveSession(deps, request, processorRef);
    return session?.client_reference_id === reference ? { session } : undefined;
  }
  if (!/^pi_\w{1,200}$/.test(processorRef)) return undefined;
  const intent = await retrieveIntent(deps, request, processorRef);
  return intent?.metadata.payonce_reference === reference ? withPage(deps, request, intent) : undefined;
}

/** Of the intents of pages the page decides while they are open. */
async function withPage(deps: FindDeps, request: PaymentRef, intent: Intent): Promise<Found> {
  if (!isOnPage(intent) || !MAY_BE_OPEN.has(intent.status)) return { intent };
  const { items } = await listAll({
    api: deps.api,
    call: request,
    schema: sessionAnswer,
    isOurs: () => true,
    mostPages: 1,
    page: (stripe, page) =>
      stripe.checkout.sessions.list({
        ...page,
        payment_intent: intent.id,
        expand: ['data.payment_intent.latest_charge'],
      }),
  });
  const [session] = items;
  return session === undefined ? { intent } : { session, intent };
}

const MAY_BE_OPEN = new Set<Intent['status']>(['requires_payment_method', 'requires_confirmation', 'requires_action']);

export async function retrieveSession({ api }: FindDeps, call: PaymentRef, id: string): Promise<Session | undefined> {
  const reply = await api.ask(call, (stripe) => stripe.checkout.sessions.retrieve(id, { expand: EXPANDED_SESSION }));
  if (reply.kind === 'answer')
    return believe({ schema: sessionAnswer, body: reply.body, fits: (found) => found.id === id });
  if (reply.status === 404) return undefined;
  throw refused(reply);
}

export async function retrieveIntent({ api }: FindDeps, call: PaymentRef, id: string): Promise<Intent | undefined> {
  const reply = await api.ask(call, (stripe) => stripe.paymentIntents.retrieve(id, { expand: EXPANDED_INTENT }));
  if (reply.kind === 'answer')
    return believe({ schema: intentAnswer, body: reply.body, fits: (found) => found.id === id });
  if (reply.status === 404) return undefined;
  throw refused(reply);
}

async function findByReference(deps: FindDeps, request: PaymentRef): Promise<readonly Found[]> {
  const created = await windowOf(deps, request);
  const [searched, listed, pages] = await Promise.all([
    searchIntents(deps, request),
    listIntents(deps, request, created.intents),
    listSessions(deps, request, created.sessions),
  ]);
  const { items: intents } = listed;
  const { items: sessions } = pages;
  const fresh = searched.filter((id) => !intents.some((intent) => intent.id === id));
  const older = await Promise.all(fresh.map((id) => retrieveIntent(deps, request, id)));
  const own = [...intents, ...older.filter((intent) => intent !== undefined)].filter(
    ({ metadata }) => metadata.payonce_reference === request.reference,
  );
  const paired = sessions.map((session) => ({ session }));
  const alone = own.filter(({ id }) => !sessions.some((session) => idOf(session.payment_intent) === id));
  const found = [...paired, ...(await Promise.all(alone.map((intent) => withPage(deps, request, intent))))];
  if (found.length === 0 && !(listed.complete && pages.complete)) throw tooMany();
  return found;
}

/** What was not looked at may be there. */
const tooMany = (): RetryableError =>
  new RetryableError({
    code: 'too_many_payments',
    message: 'there are too many payments to say that this one is none',
  });

const idOf = (intent: Session['payment_intent']): string | undefined =>
  typeof intent === 'string' ? intent : intent?.id;

const HOUR = 3_600;
const LEEWAY = 300;

/** When it can have been created. Search knows what is older than a minute; lists know the newest: with a note they reach from the first sending to an hour after the last, without as far as search may be late. */
async function windowOf({ notes, clock }: FindDeps, request: PaymentRef) {
  const sent = await notes.chargedAt(request);
  if (sent !== undefined) {
    const around = { gte: sent.first - LEEWAY, lte: sent.last + HOUR };
    return { intents: around, sessions: around };
  }
  const now = Math.floor(clock().getTime() / 1_000);
  return { intents: { gte: now - HOUR }, sessions: { gte: now - 25 * HOUR } };
}

type Window = Awaited<ReturnType<typeof windowOf>>['intents'];

const MOST_PAGES = 20;

const listIntents = ({ api }: FindDeps, call: PaymentRef, created: Window) =>
  listAll({
    api,
    call,
    schema: intentAnswer,
    isOurs: isUnder(call.reference),
    mostPages: MOST_PAGES,
    page: (stripe, page) => stripe.paymentIntents.list({ ...page, created, expand: ['data.latest_charge'] }),
  });

const listSessions = ({ api }: FindDeps, call: PaymentRef, created: Window) =>
  listAll({
    api,
    call,
    schema: sessionAnswer,
    isOurs: ({ client_reference_id }) => client_reference_id === call.reference,
    mostPages: MOST_PAGES,
    page: (stripe, page) =>
      stripe.checkout.sessions.list({ ...page, created, expand: ['data.payment_intent.latest_charge'] }),
  });
