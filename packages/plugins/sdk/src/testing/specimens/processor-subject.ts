import { NotSentError } from '../../errors.js';
import { PROCESSOR_ADAPTER } from '../../plugin.js';
import type { ProcessorAdapter } from '../../processor.js';
import type { ProcessorAdapterSubject } from '../processor/subject.js';
import { openBooks } from './books.js';
import type { Books } from './books.js';
import { configuredWith } from './configured.js';
import { SECRETS, TOKENS, memoryProcessor } from './memory-processor.js';
import type { MemoryProcessor } from './memory-processor.js';
import { memoryWebhooks } from './posts.js';

/** Makes a good adapter bad: what it answers replaces the good one's own. */
export type Spoil = (good: MemoryProcessor, books: Books) => Partial<ProcessorAdapter>;

/** An adapter like that of a bank transfer: its processor posts nothing and takes no tokens. */
const withoutPosts: Spoil = (good) => ({
  capture: undefined as never,
  capabilities: { ...good.capabilities, webhooks: false },
  parseWebhook: async () => ({ verified: false, reason: 'nobody posts here' }),
  createPayment: async (asked) =>
    asked.paymentMethod === undefined
      ? good.createPayment(asked)
      : { status: 'failed', declineCode: 'PAYMENT_METHOD_UNSUPPORTED', message: 'no tokens are taken' },
});

/** The same on trial. */
export function subjectWithoutPosts(spoil: Spoil = () => ({})): ProcessorAdapterSubject {
  const both: Spoil = (good, books) => {
    const quiet = { ...good, ...withoutPosts(good, books) };
    return { ...quiet, ...spoil(quiet, books) };
  };
  const { webhooks: _, ...subject } = processorSubject(both);
  return { ...subject, paymentMethods: { declines: TOKENS.declines } };
}

/** The processor in memory on trial. */
export function processorSubject(spoil: Spoil = () => ({})): ProcessorAdapterSubject {
  const books = openBooks();
  const good = memoryProcessor(books);
  const adapter = { ...good, ...spoil(good, books) };
  const unreachable = async () => {
    throw new NotSentError({ code: 'unreachable', message: 'the processor is unreachable' });
  };
  const holding = memoryProcessor(books, { authorizes: true });
  const away = { ...good, createPayment: unreachable, retrievePayment: unreachable };
  return {
    id: 'memory',
    plugin: configuredWith((registry) => registry.add(PROCESSOR_ADAPTER, adapter)),
    misconfigured: [configuredWith(() => {}, { origin: 1 })],
    unreachable: configuredWith((registry) => registry.add(PROCESSOR_ADAPTER, { ...away, ...spoil(away, books) })),
    authorizing: configuredWith((registry) =>
      registry.add(PROCESSOR_ADAPTER, { ...holding, ...spoil(holding, books) }),
    ),
    secrets: Object.values(SECRETS),
    deadlineMs: 300,
    paymentMethods: TOKENS,
    async buyerPays({ reference }) {
      for (const payment of books.payments)
        if (payment.reference === reference && payment.status === 'open') payment.status = 'succeeded';
    },
    ledger: async (reference) => books.movements(reference),
    faults: books.faults,
    webhooks: memoryWebhooks(SECRETS.webhookSecret),
  };
}
