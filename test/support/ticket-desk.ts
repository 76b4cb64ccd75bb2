import {
  FULFILLMENT_PROVIDER,
  PROCESSOR_ADAPTER,
  PermanentError,
  RetryableError,
  definePlugin,
} from '@payonce/plugin-sdk';
import type {
  ActionRefused,
  ConfiguredPlugin,
  Delivered,
  FulfillmentActionDone,
  FulfillmentProvider,
  ProcessorActionDone,
  ProcessorAdapter,
  ProviderAction,
} from '@payonce/plugin-sdk';
import { z } from 'zod';

/** What the desk was asked, in order: the provider's verb or action, and the idempotency key. */
export interface TicketDesk {
  readonly plugin: ConfiguredPlugin;
  readonly asked: { readonly verb: string; readonly idempotencyKey: string }[];
}

/** How an action of the desk is to end. */
const ends = ['done', 'refused', 'permanent', 'retryable'] as const;
const handOver = z.strictObject({
  grants: z.array(z.string()).max(10),
  word: z.string().min(1).default('admitted'),
  end: z.enum(ends).default('done'),
});
const transfer = z.strictObject({ reference: z.string().min(1), amount: z.int().min(1), id: z.string().default('t1') });
const settings = z.strictObject({
  event: z.string().min(1),
  seats: z.strictObject({ row: z.int().min(1) }).exactOptional(),
});

/** What a ticket for an event says. */
export const ticket = (event: string, word: string): Delivered => ({
  outcome: 'delivered',
  content: {
    kind: 'content',
    items: [{ label: `Ticket for ${event}`, value: word, url: 'https://desk.example/t', qr: true }],
  },
});

/**
 * A plugin as strangers write them: the provider 'desk', which hands over at once unless the event is 'Later' and has the action `hand_over`, and the processor 'bank',
 * which learns of money by its action `note_transfer` alone.
 */
export function ticketDesk(): TicketDesk {
  const asked: TicketDesk['asked'][number][] = [];
  const tickets: FulfillmentProvider = {
    id: 'desk',
    displayName: 'Tickets',
    reach: 'own_stores',
    settings,
    describe: () => ({ summary: 'A seat for one.', settings: { type: 'object', title: 'Ticket' } }),
    async fulfill({ grant, idempotencyKey }) {
      asked.push({ verb: 'fulfill', idempotencyKey });
      const { event } = settings.parse(grant.settings);
      return event === 'Later' ? { outcome: 'pending', awaiting: 'the box office' } : ticket(event, 'seat 7');
    },
    async revoke({ idempotencyKey }) {
      asked.push({ verb: 'revoke', idempotencyKey });
    },
    actions: { hand_over: handingOver(asked) },
  };
  const plugin = definePlugin({
    name: 'ticket-desk',
    version: '1.0.0',
    contractVersion: 1,
    options: z.strictObject({}),
    register(registry) {
      registry.add(FULFILLMENT_PROVIDER, tickets);
      registry.add(PROCESSOR_ADAPTER, bank(asked));
    },
  });
  return { plugin: plugin(), asked };
}

const handingOver = (asked: TicketDesk['asked']): ProviderAction<FulfillmentActionDone> => ({
  description: 'Hands over tickets that were left for later.',
  input: handOver,
  inputSchema: { type: 'object', properties: { grants: { type: 'array', title: 'Grants' } } },
  async run({ input, idempotencyKey }) {
    asked.push({ verb: 'hand_over', idempotencyKey });
    const { grants, word, end } = handOver.parse(input);
    if (end !== 'done') return ended(end);
    return {
      outcome: 'done',
      answer: { handed_over: grants.length },
      delivered: grants.map((grant) => ({ grant, delivered: ticket('Later', word) })),
    };
  },
});

function ended(end: 'refused' | 'permanent' | 'retryable'): ActionRefused {
  if (end === 'permanent') throw new PermanentError({ code: 'desk_closed', message: 'CANARY: closed for good' });
  if (end === 'retryable') throw new RetryableError({ code: 'desk_busy', message: 'CANARY: busy' });
  return { outcome: 'refused', code: 'already_admitted', message: 'Admitted at 12:00: let nobody in twice.' };
}

const bank = (asked: TicketDesk['asked']): ProcessorAdapter => ({
  id: 'bank',
  displayName: 'Bank transfer',
  capabilities: {
    currencies: ['EUR'],
    notFoundFinalAfterSeconds: 0,
    idempotencyKeyLifeSeconds: 86_400,
    minimumAmount: { EUR: 100 },
    webhooks: false,
    paymentProvider: 'dodo',
  },
  createPayment: async ({ reference }) => ({ status: 'processing', processorRef: `bank_${reference}` }),
  retrievePayment: async ({ reference }) => ({ status: 'processing', processorRef: `bank_${reference}` }),
  cancel: async () => ({ status: 'cancelled' }),
  refund: async ({ reference }) => ({ status: 'pending', processorRef: `bank_${reference}` }),
  retrieveRefund: async () => ({ status: 'not_found' }),
  parseWebhook: async () => ({ verified: false, reason: 'a bank posts nothing' }),
  actions: { note_transfer: notingTransfer(asked) },
});

const notingTransfer = (asked: TicketDesk['asked']): ProviderAction<ProcessorActionDone> => ({
  description: 'Notes money that came.',
  input: transfer,
  inputSchema: { type: 'object' },
  async run({ input, idempotencyKey }) {
    asked.push({ verb: 'note_transfer', idempotencyKey });
    const { reference, amount, id } = transfer.parse(input);
    const captured = { amount, currency: 'EUR' as const };
    return {
      outcome: 'done',
      answer: { noted: true },
      events: [
        {
          id,
          kind: 'payment',
          reference,
          result: { status: 'succeeded', processorRef: `bank_${reference}`, captured, method: 'bank_transfer' },
        },
      ],
    };
  },
});
