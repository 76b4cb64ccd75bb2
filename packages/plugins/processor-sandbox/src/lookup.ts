import { PermanentError } from '@payonce/plugin-sdk';
import type { PaymentRef } from '@payonce/plugin-sdk';
import type { z } from 'zod';
import { believe, paymentList, refundList } from './answers.js';
import type { PaymentAnswer, RefundAnswer } from './answers.js';
import type { SandboxClient } from './client.js';

/** Every payment under our reference, newest first. */
export const listPayments = (client: SandboxClient, request: PaymentRef): Promise<readonly PaymentAnswer[]> =>
  list({ client, request, path: '/v1/payments', schema: paymentList });

/**
 * The payment that counts under our reference: money first, then what may still become money. References are not unique at the sandbox, so this looks at all of them, also
 * when the id is known.
 */
export async function findPayment(client: SandboxClient, request: PaymentRef): Promise<PaymentAnswer | undefined> {
  const payments = await listPayments(client, request);
  const charged = payments.filter(({ status }) => status === 'succeeded');
  if (charged.length > 1) {
    request.logger.error(
      { reference: request.reference, payments: charged.map(({ id }) => id) },
      'charged more than once',
    );
  }
  return payments.toSorted((one, other) => rank(one, request) - rank(other, request))[0];
}

/** The refund under our reference. */
export async function findRefund(client: SandboxClient, request: PaymentRef): Promise<RefundAnswer | undefined> {
  const refunds = await list({ client, request, path: '/v1/refunds', schema: refundList });
  const standing = ['succeeded', 'pending', 'failed'] as const;
  return refunds.toSorted((one, other) => standing.indexOf(one.status) - standing.indexOf(other.status))[0];
}

const RANKS = { succeeded: 0, processing: 1, requires_action: 2, failed: 3, cancelled: 3 } as const;

/** Lower counts more; among equals the one whose id we know. */
const rank = ({ id, status }: PaymentAnswer, { processorRef }: PaymentRef): number =>
  RANKS[status] * 2 + (id === processorRef ? 0 : 1);

interface Listing<Item> {
  readonly client: SandboxClient;
  readonly request: PaymentRef;
  readonly path: string;
  readonly schema: z.ZodType<{ readonly items: readonly Item[] }>;
}

async function list<Item extends { readonly reference: string }>({
  client,
  request,
  path,
  schema,
}: Listing<Item>): Promise<readonly Item[]> {
  const { reference, signal } = request;
  const reply = await client.send({
    method: 'GET',
    path: `${path}?${new URLSearchParams({ reference }).toString()}`,
    signal,
  });
  if (reply.kind === 'refusal') throw new PermanentError({ code: 'processor_refused_request', message: reply.message });
  const fits = ({ items }: { readonly items: readonly Item[] }): boolean =>
    items.every((item) => item.reference === reference);
  return believe({ schema, body: reply.body, fits }).items;
}
