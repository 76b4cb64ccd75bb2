import { NotSentError } from '@payonce/plugin-sdk';
import type { Mode, PluginHost, PluginStore, StoredEntry } from '@payonce/plugin-sdk';

/** Whose notes, about what. */
interface About {
  readonly business: string;
  readonly mode: Mode;
  readonly reference: string;
}

/**
 * What is noted before Stripe is asked, because Stripe finds nothing by our reference at once: when a charge was sent, so that it can be listed by time, and which payment a
 * refund is for, so that it can be listed by that.
 */
export interface Notes {
  /** Throws a NotSentError when it cannot be noted: then Stripe is not asked either. */
  noteCharge(about: About): Promise<void>;
  /** Seconds since 1970, of the first and the last time that it was sent; undefined when nothing was noted. */
  chargedAt(about: About): Promise<{ readonly first: number; readonly last: number } | undefined>;
  /** Throws a NotSentError when it cannot be noted: then Stripe is not asked either. */
  noteRefund(about: About & { readonly intent: string }): Promise<void>;
  /** Stripe's id of the payment that is refunded; undefined when nothing was noted. */
  refundedIntent(about: About): Promise<string | undefined>;
}

export const notesIn = ({ host, clock }: { readonly host: PluginHost; readonly clock: () => Date }): Notes => ({
  noteCharge: (about) => written(noteSending(storeOf(host, about), { ...about, now: seconds(clock()) })),
  async chargedAt(about) {
    const times = await timesIn(storeOf(host, about), about);
    return times && { first: times.first, last: times.last };
  },
  noteRefund: ({ intent, ...about }) => written(storeOf(host, about).insert(`refund/${about.reference}`, { intent })),
  async refundedIntent(about) {
    const intent = field(await storeOf(host, about).get(`refund/${about.reference}`), 'intent');
    return typeof intent === 'string' ? intent : undefined;
  },
});

const storeOf = (host: PluginHost, { business, mode }: About): PluginStore => host.store({ business, mode });

async function written(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (cause) {
    throw new NotSentError({ code: 'note_not_written', message: 'Stripe is asked only once that is noted', cause });
  }
}

type Sending = Pick<About, 'reference'> & { readonly now: number };

/** What is sent again, hours later, is created then: the note reaches from the first time to the last. Who loses the race was overtaken by a sending of the same moment. */
async function noteSending(store: PluginStore, { reference, now }: Sending): Promise<void> {
  if (await store.insert(chargeKey(reference), { sentAt: now })) return;
  const times = await timesIn(store, { reference });
  if (times === undefined || times.last >= now) return;
  await store.replace({ ...times.entry, value: { sentAt: times.first, lastSentAt: now } });
}

const chargeKey = (reference: string): string => `charge/${reference}`;

async function timesIn(store: PluginStore, { reference }: Pick<About, 'reference'>) {
  const entry = await store.get(chargeKey(reference));
  const first = field(entry, 'sentAt');
  const last = field(entry, 'lastSentAt') ?? first;
  return entry && typeof first === 'number' && typeof last === 'number' ? { entry, first, last } : undefined;
}

function field(entry: StoredEntry | undefined, name: string): unknown {
  const value = entry?.value;
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1_000);
