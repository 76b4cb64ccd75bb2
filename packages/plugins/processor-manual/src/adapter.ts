import { NotSentError, PermanentError } from '@payonce/plugin-sdk';
import type { CreatePayment, Currency, Mode, PluginHost, ProcessorAdapter } from '@payonce/plugin-sdk';
import { paymentActions } from './payment-actions.js';
import { refundActions } from './refund-actions.js';
import type { Account, ManualOptions } from './options.js';
import { ordersIn } from './orders.js';
import type { Orders } from './orders.js';
import { isOpen } from './order.js';
import type { Order } from './order.js';
import { referenceNumber } from './reference-number.js';
import { retrieveRefund, startRefund } from './refunds.js';
import { capturedBy, resultOf } from './results.js';
import { stopIfAborted, unlessAborted } from './unless-aborted.js';

/** What the adapter is made of. */
export interface ManualDeps {
  readonly options: ManualOptions;
  readonly host: PluginHost;
  now(): Date;
}

/** Takes payments that people make at their bank and operators note. Nothing here reaches a bank. */
export function manualAdapter(deps: ManualDeps): ProcessorAdapter {
  const { options } = deps;
  const of = (scope: Scope): Orders => ordersIn({ store: deps.host.store(scope), now: deps.now });
  const result = (order: Order, mode: Mode) =>
    resultOf(
      order,
      accountFor(options, { mode, currency: order.amount.currency, country: order.country ?? undefined }),
    );
  return {
    id: 'manual',
    displayName: options.displayName,
    capabilities: {
      currencies: [...new Set(options.accounts.flatMap(({ currencies }) => currencies))],
      notFoundFinalAfterSeconds: 60,
      idempotencyKeyLifeSeconds: 10 * 365 * 24 * 60 * 60,
      minimumAmount: {},
      webhooks: false,
      paymentProvider: 'dodo',
    },
    /** Repeat-safe by our reference: the first call writes the order, and every other one finds it. */
    createPayment: async (request) => open(deps, { request, orders: of(request), result }),
    async retrievePayment({ reference, signal, ...scope }) {
      const order = await unlessAborted(signal, of(scope).settle(reference));
      return order === undefined ? { status: 'not_found' } : result(order, scope.mode);
    },
    async cancel({ reference, idempotencyKey, signal, ...scope }) {
      const at = deps.now().toISOString();
      const closed = { key: idempotencyKey, actor: 'buyer', evidence: 'cancelled', at, status: 'cancelled' } as const;
      const changing = of(scope).change(reference, (order) =>
        isOpen(order) && order.transfers.length === 0 ? { ...order, closed } : order,
      );
      const order = await unlessAborted(signal, changing);
      if (order === undefined) return { status: 'unknown' };
      if (order.settled) return capturedBy(order);
      return { status: isOpen(order) ? 'processing' : 'cancelled' };
    },
    refund: (request) => unlessAborted(request.signal, startRefund(of(request), request)),
    retrieveRefund: ({ reference, signal, ...scope }) => unlessAborted(signal, retrieveRefund(of(scope), reference)),
    async parseWebhook() {
      return { verified: false, reason: 'banks post nothing here: an operator notes what came' };
    },
    actions: { ...paymentActions({ ...deps, of, result }), ...refundActions({ ...deps, of }) },
  };
}

interface Scope {
  readonly business: string;
  readonly mode: Mode;
}

interface Opening {
  readonly request: CreatePayment;
  readonly orders: Orders;
  result(order: Order, mode: Mode): ReturnType<typeof resultOf>;
}

async function open(
  { options, now }: ManualDeps,
  { request, orders, result }: Opening,
): ReturnType<ProcessorAdapter['createPayment']> {
  const { reference, amount, mode, signal, country, paymentMethod } = request;
  if (signal.aborted) throw new NotSentError({ code: 'not_asked', message: 'the call was over before it began' });
  if (paymentMethod !== undefined)
    return { status: 'failed', declineCode: 'PAYMENT_METHOD_UNSUPPORTED', message: 'a bank transfer takes no tokens' };
  refuseUnpayable(request);
  if (accountFor(options, { mode, currency: amount.currency, country }) === undefined)
    throw new PermanentError({
      code: 'no_account',
      message: `options.accounts has none for ${amount.currency} in ${mode} mode${country === undefined ? '' : ` and ${country}`}`,
    });
  const known = await unlessAborted(signal, orders.find(reference)).catch((cause: unknown) => {
    throw new NotSentError({ code: 'store_unreachable', message: 'the order could not be looked up', cause });
  });
  return result(
    known ?? (await unlessAborted(signal, add(orders, { numbered: newOrder({ request, options, now }), signal }))),
    mode,
  );
}

function refuseUnpayable({ reference, amount: { amount } }: CreatePayment): void {
  if (!Number.isSafeInteger(amount) || amount <= 0)
    throw new PermanentError({ code: 'amount_not_payable', message: 'an amount is whole minor units, at least one' });
  if (!/^[\x21-\x7e]{1,180}$/.test(reference))
    throw new PermanentError({ code: 'reference_not_usable', message: 'a reference is printable ASCII' });
}

type Numbered = (round: number) => Order;

function newOrder({
  request: { reference, amount, description, country },
  options: { daysToPay, reference: format },
  now,
}: {
  readonly request: CreatePayment;
  readonly options: ManualOptions;
  readonly now: () => Date;
}): Numbered {
  const createdAt = now();
  const dueAt = new Date(createdAt.getTime() + daysToPay * 24 * 60 * 60 * 1000);
  return (round) => ({
    reference,
    number: referenceNumber({ payment: reference, round, format }),
    amount,
    description: description.slice(0, 200),
    country: country ?? null,
    createdAt: createdAt.toISOString(),
    dueAt: dueAt.toISOString(),
    transfers: [],
    settled: false,
    closed: null,
    refunds: [],
  });
}

interface Adding {
  readonly numbered: Numbered;
  readonly signal: AbortSignal;
}

/** Under the first number that is free. */
async function add(orders: Orders, { numbered, signal }: Adding): Promise<Order> {
  for (let round = 0; ; round += 1) {
    stopIfAborted(signal);
    const order = numbered(round);
    if (await orders.add(order, signal)) return (await orders.find(order.reference)) ?? order;
  }
}

function accountFor(
  { accounts }: ManualOptions,
  {
    mode,
    currency,
    country,
  }: { readonly mode: Mode; readonly currency: Currency; readonly country: string | undefined },
): Account | undefined {
  return accounts.find(
    ({ currencies, countries, modes }) =>
      currencies.includes(currency) &&
      (modes?.includes(mode) ?? true) &&
      (countries === undefined || (country !== undefined && countries.includes(country))),
  );
}
