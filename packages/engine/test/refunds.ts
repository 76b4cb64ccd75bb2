import fc from 'fast-check';
import type { Paid, Quote, Refund, RefundRequest, RefundStatus, RefundedLine } from '../src/domain/index.js';
import { isDomainError, planRefund, priceCart, spreadRefund } from '../src/domain/index.js';
import { cartOf, taxOf, taxedCarts } from './carts.js';

/** A refund of these lines. */
export function refundOf(
  status: RefundStatus,
  lines: readonly RefundedLine[],
  amount = sum(lines.map((line) => line.amount)),
): Refund {
  return {
    id: 'ref_AAAAAAAAAAAAAAAAAAAAA',
    status,
    lines,
    amount,
    isPartial: true,
    reason: null,
    metadata: {},
    createdAt: new Date('2026-11-23T10:00:00Z'),
    settledAt: null,
    processorRef: null,
    sentAt: null,
    failure: null,
  };
}

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

const quotes: fc.Arbitrary<Quote> = taxedCarts
  .map(({ lines, tax }) => priceCart({ currency: 'EUR', lines, tax }))
  .filter(({ total }) => total > 0);

/** Mostly exactly what was asked for; sometimes more, and sometimes a smaller or foreign capture that the merchant accepted. */
export const payments: fc.Arbitrary<Paid> = quotes.chain((quote) =>
  fc.record({
    quote: fc.constant(quote),
    captured: fc.oneof(
      { weight: 6, arbitrary: fc.constant({ amount: quote.total, currency: quote.currency }) },
      {
        weight: 1,
        arbitrary: fc
          .integer({ min: 1, max: 500 })
          .map((more) => ({ amount: quote.total + more, currency: quote.currency })),
      },
      {
        weight: 1,
        arbitrary: fc.integer({ min: 1, max: quote.total }).map((amount) => ({ amount, currency: quote.currency })),
      },
      {
        weight: 1,
        arbitrary: fc.integer({ min: 1, max: 100_000 }).map((amount) => ({ amount, currency: 'KWD' as const })),
      },
    ),
  }),
);

type Asking =
  | { readonly does: 'ask'; readonly request: RefundRequest }
  | { readonly does: 'mirror'; readonly amount: number };

/** Something that happens to the refunds of a payment. */
export type Command =
  | Asking
  | { readonly does: 'settle'; readonly which: number }
  | { readonly does: 'fail'; readonly which: number };

const outcomes: fc.Arbitrary<Command> = fc
  .nat(20)
  .chain((which) => fc.constantFrom<Command>({ does: 'settle', which }, { does: 'fail', which }));

const commandsFor = ({ quote, captured }: Paid): fc.Arbitrary<readonly Command[]> => {
  const amounts = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: captured.amount + 1 }));
  const products = [...new Set(quote.lines.map(({ product }) => product))];
  const item = fc.record({
    product: fc.constantFrom(...products),
    amount: fc.option(amounts, { freq: 4 }),
    taxInclusive: fc.boolean(),
  });
  const items = fc.uniqueArray(item, { selector: ({ product }) => product, minLength: 1, maxLength: 3 });
  const asks = items.map((named): Command => ({ does: 'ask', request: { items: named } }));
  const full = fc.constant<Command>({ does: 'ask', request: { items: null } });
  const mirrors = amounts.map((amount): Command => ({ does: 'mirror', amount }));
  const commands = fc.oneof(
    { weight: 6, arbitrary: asks },
    { weight: 1, arbitrary: full },
    { weight: 1, arbitrary: mirrors },
    { weight: 3, arbitrary: outcomes },
  );
  return fc.array(commands, { maxLength: 14 });
};

/** A payment and everything that happens to its refunds. */
export interface RefundStory {
  readonly paid: Paid;
  readonly commands: readonly Command[];
}

/** One line of a few units, refunded in crumbs that fail again: where cumulative rounding is pushed about the most. */
const crumbs: fc.Arbitrary<RefundStory> = fc
  .record({
    unitPrice: fc.integer({ min: 2, max: 30 }),
    taxInclusive: fc.boolean(),
    rate: fc.constantFrom('0.05', '1/10', '0.19', '1/4', '1/3', '2/3', '1', '3/2'),
    commands: fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.boolean(), fc.constantFrom(0, 1, 2, 3, 5, 8)), {
      minLength: 3,
      maxLength: 12,
    }),
  })
  .map(({ unitPrice, taxInclusive, rate, commands }) => {
    const lines = cartOf({ unitPrice, taxInclusive });
    const quote = priceCart({ currency: 'EUR', lines, tax: taxOf(lines, rate) });
    const product = quote.lines[0]?.product ?? '';
    const ask = (amount: number, inclusive: boolean): Command => ({
      does: 'ask',
      request: { items: [{ product, amount, taxInclusive: inclusive }] },
    });
    return {
      paid: { quote, captured: { amount: quote.total, currency: 'EUR' as const } },
      commands: commands.flatMap(([amount, inclusive, which]) => [
        ask(amount, inclusive),
        ask(1, true),
        { does: 'fail' as const, which },
      ]),
    };
  });

/** Any of them. */
export const refundStories: fc.Arbitrary<RefundStory> = fc.oneof(
  payments.chain((paid) => fc.record({ paid: fc.constant(paid), commands: commandsFor(paid) })),
  crumbs,
);

/** The refunds after a command. A refusal leaves them as they were; only refusals of our own vocabulary are expected. */
export function apply(paid: Paid, refunds: readonly Refund[], command: Command): readonly Refund[] {
  if (command.does === 'settle') return settled(refunds, command.which, 'succeeded');
  if (command.does === 'fail') return settled(refunds, command.which, 'failed');
  try {
    return [...refunds, refundOf('pending', planned(paid, refunds, command))];
  } catch (refusal) {
    if (isDomainError(refusal)) return refunds;
    throw refusal;
  }
}

const planned = (paid: Paid, refunds: readonly Refund[], command: Asking): readonly RefundedLine[] =>
  command.does === 'ask'
    ? planRefund({ paid, refunds, request: command.request })
    : spreadRefund({ paid, refunds, amount: command.amount });

const settled = (refunds: readonly Refund[], which: number, status: RefundStatus): readonly Refund[] =>
  refunds.map((refund, index) => (index === which && refund.status === 'pending' ? { ...refund, status } : refund));
