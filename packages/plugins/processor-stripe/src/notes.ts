import { NotSentError } from '@payonce/plugin-sdk';
import type { Json, Mode, PluginHost, PluginStore } from '@payonce/plugin-sdk';

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
  /** Seconds since 1970; undefined when nothing was noted. */
  chargedAt(about: About): Promise<number | undefined>;
  /** Throws a NotSentError when it cannot be noted: then Stripe is not asked either. */
  noteRefund(about: About & { readonly intent: string }): Promise<void>;
  /** Stripe's id of the payment that is refunded; undefined when nothing was noted. */
  refundedIntent(about: About): Promise<string | undefined>;
}

export const notesIn = ({ host, clock }: { readonly host: PluginHost; readonly clock: () => Date }): Notes => ({
  noteCharge: (about) => note(storeOf(host, about), `charge/${about.reference}`, { sentAt: seconds(clock()) }),
  async chargedAt(about) {
    const sentAt = await field({ host, about, key: `charge/${about.reference}`, name: 'sentAt' });
    return typeof sentAt === 'number' ? sentAt : undefined;
  },
  noteRefund: ({ intent, ...about }) => note(storeOf(host, about), `refund/${about.reference}`, { intent }),
  async refundedIntent(about) {
    const intent = await field({ host, about, key: `refund/${about.reference}`, name: 'intent' });
    return typeof intent === 'string' ? intent : undefined;
  },
});

const storeOf = (host: PluginHost, { business, mode }: About): PluginStore => host.store({ business, mode });

/** The first note counts: a repetition changes nothing. */
async function note(store: PluginStore, key: string, value: Json): Promise<void> {
  try {
    await store.insert(key, value);
  } catch (cause) {
    throw new NotSentError({ code: 'note_not_written', message: 'Stripe is asked only once that is noted', cause });
  }
}

interface Field {
  readonly host: PluginHost;
  readonly about: About;
  readonly key: string;
  readonly name: string;
}

async function field({ host, about, key, name }: Field): Promise<unknown> {
  const value = (await storeOf(host, about).get(key))?.value;
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1_000);
