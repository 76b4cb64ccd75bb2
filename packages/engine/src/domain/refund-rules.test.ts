import { describe, expect, it } from '@jest/globals';
import { cartOf, taxOf } from '../../test/carts.js';
import { refundOf } from '../../test/refunds.js';
import { priceCart } from './pricing.js';
import { planRefund, spreadRefund } from './refund-rules.js';
import type { RefundItem } from './refund-rules.js';
import { EXCESS_LINE } from './refund-shares.js';
import type { Paid } from './refund-shares.js';
import { linesRefundedInFull, refundStatus, refundableOf } from './refund-standing.js';
import type { CartLine } from './session.js';

const A = 'pdt_A00000000000000000000';
const B = 'pdt_B00000000000000000000';

/** Paid exactly, or with `captured` minor units. */
function paidFor(parts: readonly Partial<CartLine>[], rate: string, captured?: number): Paid {
  const lines = cartOf(...parts);
  const quote = priceCart({ currency: 'EUR', lines, tax: taxOf(lines, rate) });
  return { quote, captured: { amount: captured ?? quote.total, currency: 'EUR' } };
}

const item = (product: string, amount: number | null = null, taxInclusive = true): RefundItem => ({
  product,
  amount,
  taxInclusive,
});
const refusal = (code: string, message?: RegExp) =>
  expect.objectContaining({ code, ...(message && { message: expect.stringMatching(message) }) });

describe('a refund', () => {
  it('of everything gives back every line with its tax', () => {
    const paid = paidFor([{ product: A }, { product: B, unitPrice: 500, quantity: 2 }], '0.19');
    expect(planRefund({ paid, refunds: [], request: { items: null } })).toEqual([
      { line: 'line_0', product: A, amount: 1190, tax: 190 },
      { line: 'line_1', product: B, amount: 1190, tax: 190 },
    ]);
  });

  it('of 25 out of 100 + 25 tax has 5 of tax in it; of 20 out of 80 + 20 inside has 4', () => {
    const onTop = paidFor([{ unitPrice: 100 }], '0.25');
    const inside = paidFor([{ unitPrice: 100, taxInclusive: true }], '0.25');
    const refund = (paid: Paid, amount: number) =>
      planRefund({ paid, refunds: [], request: { items: [item(A, amount)] } });
    expect(refund(onTop, 25)).toEqual([{ line: 'line_0', product: A, amount: 25, tax: 5 }]);
    expect(refund(inside, 20)).toEqual([{ line: 'line_0', product: A, amount: 20, tax: 4 }]);
  });

  it('of a net amount puts the tax on top, up to the net that is left', () => {
    const paid = paidFor([{ unitPrice: 100 }], '0.25');
    const net = (amount: number) => ({ items: [item(A, amount, false)] });
    expect(planRefund({ paid, refunds: [], request: net(20) })).toEqual([
      { line: 'line_0', product: A, amount: 25, tax: 5 },
    ]);
    expect(planRefund({ paid, refunds: [], request: net(100) })).toEqual([
      { line: 'line_0', product: A, amount: 125, tax: 25 },
    ]);
    expect(() => planRefund({ paid, refunds: [], request: net(101) })).toThrow(
      refusal('LINE_ITEM_REFUND_AMOUNT_TOO_HIGH', /only 100 minor units before tax/),
    );
  });

  it('of a product takes all its cart lines in proportion to what each has left', () => {
    const paid = paidFor([{ product: A, unitPrice: 300 }, { product: B }, { product: A, unitPrice: 100 }], '0');
    const lines = planRefund({ paid, refunds: [], request: { items: [item(A, 101)] } });
    expect(lines).toEqual([
      { line: 'line_0', product: A, amount: 76, tax: 0 },
      { line: 'line_2', product: A, amount: 25, tax: 0 },
    ]);
  });

  it('without an amount takes what is left of the product, after pending and settled refunds but not failed ones', () => {
    const paid = paidFor([{ product: A }], '0.19');
    const part = (amount: number, tax: number) => [{ line: 'line_0', product: A, amount, tax }];
    const refunds = [
      refundOf('succeeded', part(190, 30)),
      refundOf('failed', part(500, 80)),
      refundOf('pending', part(100, 16)),
    ];
    expect(planRefund({ paid, refunds, request: { items: [item(A)] } })).toEqual(part(900, 144));
    expect(refundableOf({ paid, refunds, line: 'line_0' })).toBe(900);
    expect(refundableOf({ paid, refunds, line: 'line_7' })).toBe(0);
  });

  it('gives money that was captured in excess back with a full refund only, on a line of its own and untaxed', () => {
    const paid = paidFor([{ product: A }], '0.19', 1_200);
    expect(() => planRefund({ paid, refunds: [], request: { items: [item(A, 1_200)] } })).toThrow(
      refusal('LINE_ITEM_REFUND_AMOUNT_TOO_HIGH', /only 1190 minor units with tax/),
    );
    const lines = planRefund({ paid, refunds: [], request: { items: null } });
    expect(lines).toEqual([
      { line: 'line_0', product: A, amount: 1_190, tax: 190 },
      { line: EXCESS_LINE, product: A, amount: 10, tax: 0 },
    ]);
  });

  it('of a smaller capture that was accepted gives back what was captured, in proportion', () => {
    const paid = paidFor([{ product: A }, { product: B, unitPrice: 3_000 }], '0.25', 1_000);
    expect(planRefund({ paid, refunds: [], request: { items: null } })).toEqual([
      { line: 'line_0', product: A, amount: 250, tax: 50 },
      { line: 'line_1', product: B, amount: 750, tax: 150 },
    ]);
  });

  it('made at the processor is spread over the lines', () => {
    const paid = paidFor([{ product: A }, { product: B }], '0');
    expect(spreadRefund({ paid, refunds: [], amount: 3 }).map(({ amount }) => amount)).toEqual([2, 1]);
    expect(() => spreadRefund({ paid, refunds: [], amount: 2_001 })).toThrow(
      refusal('REFUND_AMOUNT_EXCEEDS_PAID_AMOUNT'),
    );
  });
});

describe('a refund is refused', () => {
  const paid = paidFor([{ product: A }, { product: B, unitPrice: 0 }], '0');
  const all = [{ line: 'line_0', product: A, amount: 1_000, tax: 0 }];
  it.each([
    [
      'of a product that was not bought',
      [item('pdt_C00000000000000000000', 1)],
      [],
      'LINE_ITEM_NOT_FOUND',
      /no line item pdt_C/,
    ],
    ['that names a product twice', [item(A, 1), item(B), item(A, 2)], [], 'DUPLICATE_LINE_ITEMS_IN_REQUEST', /pdt_A/],
    [
      'of more than the product brought in',
      [item(A, 1_001)],
      [],
      'LINE_ITEM_REFUND_AMOUNT_TOO_HIGH',
      /only 1000 minor units/,
    ],
    ['of a product that cost nothing', [item(B)], [], 'LINE_ITEM_REFUND_AMOUNT_TOO_HIGH', /only 0 minor units/],
    ['of nothing', [item(A, 0)], [], 'INVALID_REQUEST_BODY', /1 or more/],
    ['of less than nothing', [item(A, -5)], [], 'INVALID_REQUEST_BODY', /1 or more/],
    ['of half a unit', [item(A, 0.5)], [], 'INVALID_REQUEST_BODY', /whole number/],
    ['that names no product, rather than taken for a full one', [], [], 'INVALID_REQUEST_BODY', /items is empty/],
    ['when everything went back', [item(A, 1)], [refundOf('succeeded', all)], 'PAYMENT_ALREADY_REFUNDED', /refunded/],
    [
      'in full while a full one is pending',
      null,
      [refundOf('pending', all)],
      'PAYMENT_ALREADY_REFUNDED',
      /about to be/,
    ],
    [
      'beside a refund whose lines nobody knows, once the total is used up',
      [item(A, 600)],
      [refundOf('succeeded', [], 500)],
      'REFUND_AMOUNT_EXCEEDS_PAID_AMOUNT',
      /only 500 minor units/,
    ],
  ] as const)('%s', (_case, items, refunds, code, message) => {
    expect(() => planRefund({ paid, refunds, request: { items } })).toThrow(refusal(code, message));
  });

  it('when nothing was paid', () => {
    const free = paidFor([{ discountBps: 10_000 }], '0.19');
    expect(() => planRefund({ paid: free, refunds: [], request: { items: null } })).toThrow(
      refusal('PAYMENT_NOT_REFUNDABLE', /nothing was paid/),
    );
  });
});

describe('access ends', () => {
  const paid = paidFor([{ product: A }, { product: B }, { product: B, unitPrice: 0 }], '0');
  const line = (id: string, product: string, amount: number) => ({ line: id, product, amount, tax: 0 });

  it('for a line whose whole price went back and settled, not for one that went back in part or is pending', () => {
    const refunds = [
      refundOf('succeeded', [line('line_0', A, 400)]),
      refundOf('succeeded', [line('line_0', A, 600), line('line_1', B, 999)]),
      refundOf('pending', [line('line_1', B, 1)]),
    ];
    expect(linesRefundedInFull({ paid, refunds })).toEqual(['line_0']);
    expect(refundStatus({ captured: 2_000, refunds })).toBe('partial');
  });

  it('for what came free with the purchase only when all of the purchase went back', () => {
    const refunds = [refundOf('succeeded', [line('line_0', A, 1_000), line('line_1', B, 1_000)])];
    expect(linesRefundedInFull({ paid, refunds })).toEqual(['line_0', 'line_1', 'line_2']);
    expect(refundStatus({ captured: 2_000, refunds })).toBe('full');
  });

  it('for every line when everything settled, even if a refund does not know its lines', () => {
    expect(linesRefundedInFull({ paid, refunds: [refundOf('succeeded', [], 2_000)] })).toHaveLength(3);
  });

  it('for no line while nothing settled', () => {
    const refunds = [refundOf('pending', [line('line_0', A, 1_000)]), refundOf('failed', [line('line_1', B, 1_000)])];
    expect(linesRefundedInFull({ paid, refunds })).toEqual([]);
    expect(refundStatus({ captured: 2_000, refunds })).toBeNull();
  });
});
