import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { counterexample } from '../../test/counterexample.js';
import { apply, payments, refundOf, refundStories, sum } from '../../test/refunds.js';
import type { RefundStory } from '../../test/refunds.js';
import { planRefund, spreadRefund } from './refund-rules.js';
import type { Paid } from './refund-shares.js';
import { refundShares, refundableTotal } from './refund-shares.js';
import { linesRefundedInFull, refundStatus, refundableOf } from './refund-standing.js';
import type { Refund } from './refund.js';

/** A claim about every payment, after every command of every story of its refunds. */
const always = (claim: (paid: Paid, refunds: readonly Refund[]) => boolean): fc.IProperty<[RefundStory]> =>
  fc.property(refundStories, ({ paid, commands }) => {
    let refunds: readonly Refund[] = [];
    return commands.every((command) => {
      refunds = apply(paid, refunds, command);
      return claim(paid, refunds);
    });
  });

const counted = (refunds: readonly Refund[]): readonly Refund[] => refunds.filter(({ status }) => status !== 'failed');
const ofLine = (refunds: readonly Refund[], line: string) =>
  counted(refunds).flatMap((refund) => refund.lines.filter((part) => part.line === line));

describe('any sequence of refunds, full, partial, net, gross and mirrored, some of which fail and release what they held', () => {
  it('never gives back more than was captured', () => {
    expect(
      counterexample(
        always((paid, refunds) => sum(counted(refunds).map(({ amount }) => amount)) <= paid.captured.amount),
      ),
    ).toBeUndefined();
  });

  it('never gives back more of a line, or of its tax, or of its net, than the line brought in', () => {
    expect(
      counterexample(
        always((paid, refunds) =>
          refundShares({ paid, refunds: [] }).every((share) => {
            const parts = ofLine(refunds, share.line);
            const amount = sum(parts.map((part) => part.amount));
            const tax = sum(parts.map((part) => part.tax));
            return amount <= share.paid && tax <= share.tax && amount - tax <= share.paid - share.tax;
          }),
        ),
      ),
    ).toBeUndefined();
  });

  it('gives back of each line at least a unit, with a tax that is not negative and fits in it', () => {
    expect(
      counterexample(
        always((_paid, refunds) =>
          refunds.flatMap(({ lines }) => lines).every(({ amount, tax }) => amount >= 1 && tax >= 0 && tax <= amount),
        ),
      ),
    ).toBeUndefined();
  });

  it('knows at any time what is left: what is captured, less what is refunded or about to be', () => {
    expect(
      counterexample(
        always((paid, refunds) => {
          const shares = refundShares({ paid, refunds });
          const left = paid.captured.amount - sum(counted(refunds).map(({ amount }) => amount));
          return refundableTotal({ paid, refunds }) === left && sum(shares.map((share) => share.left)) === left;
        }),
      ),
    ).toBeUndefined();
  });

  it('is closed by a full refund to the unit: every line, its tax, and the whole', () => {
    expect(
      counterexample(
        always((paid, refunds) => {
          if (refundableTotal({ paid, refunds }) === 0) return true;
          const closed = [...refunds, refundOf('pending', planRefund({ paid, refunds, request: { items: null } }))];
          return (
            sum(counted(closed).map(({ amount }) => amount)) === paid.captured.amount &&
            refundShares({ paid, refunds: closed }).every(
              ({ line, tax, left, taxLeft }) =>
                left === 0 && taxLeft === 0 && sum(ofLine(closed, line).map((part) => part.tax)) === tax,
            )
          );
        }),
      ),
    ).toBeUndefined();
  });

  it('is full exactly when everything settled, and then every line is refunded in full', () => {
    expect(
      counterexample(
        always((paid, refunds) => {
          const settled = sum(refunds.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount));
          const status = refundStatus({ captured: paid.captured.amount, refunds });
          const lines = linesRefundedInFull({ paid, refunds });
          if (settled === paid.captured.amount) return status === 'full' && lines.length === paid.quote.lines.length;
          return (
            status === (settled === 0 ? null : 'partial') && lines.every((line) => ofLine(refunds, line).length > 0)
          );
        }),
      ),
    ).toBeUndefined();
  });

  it('can always give back what it says is refundable of a product, and not a unit more', () => {
    expect(
      counterexample(
        always((paid, refunds) =>
          [...new Set(paid.quote.lines.map(({ product }) => product))].every((product) => {
            const own = paid.quote.lines.filter((line) => line.product === product);
            const left = sum(own.map(({ line }) => refundableOf({ paid, refunds, line })));
            const ask = (amount: number) =>
              apply(paid, refunds, { does: 'ask', request: { items: [{ product, amount, taxInclusive: true }] } });
            if (ask(left + 1) !== refunds) return false;
            return left === 0 || ask(left).at(-1)?.amount === left;
          }),
        ),
      ),
    ).toBeUndefined();
  });

  it('ends at the same total in whatever order refunds are asked for that all fit', () => {
    const parts = payments.chain((paid) =>
      fc.record({
        paid: fc.constant(paid),
        parts: fc.array(fc.integer({ min: 1, max: Math.max(1, Math.floor(paid.captured.amount / 4)) }), {
          maxLength: 4,
        }),
      }),
    );
    const spreadAll = (paid: Paid, amounts: readonly number[]): number => {
      const refunds = amounts.reduce<readonly Refund[]>(
        (before, amount) => [...before, refundOf('pending', spreadRefund({ paid, refunds: before, amount }))],
        [],
      );
      return refundableTotal({ paid, refunds });
    };
    const reorders = fc.property(parts, ({ paid, parts: amounts }) => {
      fc.pre(sum(amounts) <= paid.captured.amount);
      return spreadAll(paid, amounts.toReversed()) === spreadAll(paid, amounts);
    });
    expect(counterexample(reorders)).toBeUndefined();
  });
});
