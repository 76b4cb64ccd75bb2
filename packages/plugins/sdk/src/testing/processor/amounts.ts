import { CURRENCY_EXPONENTS, isCurrency } from '../../money.js';
import type { Currency, Money } from '../../money.js';
import type { CheckFor, NotSupported } from '../check.js';
import { endingOf, endingText, ensure, ensureSame } from '../ensure.js';
import { amountOf, chargeOf, ensureBooks, lookUp, settled } from './stage.js';
import type { ProcessorStage } from './stage.js';

/** Charges an amount; it must be made to the unit, or refused with nothing charged. */
async function exactOrRefused(stage: ProcessorStage, amount: Money): Promise<void> {
  const request = await chargeOf(stage, { amount });
  const what = `createPayment of ${amount.amount} ${amount.currency}`;
  const ending = await endingOf(what, (await stage.provider()).createPayment(request));
  if (ending.kind === 'answered') await settled(stage, request);
  const moved = (await stage.subject.ledger(request.reference)).filter(({ kind }) => kind === 'charge');
  if (moved.length === 0) {
    const refused = ending.kind === 'permanent' || (ending.kind === 'answered' && ending.answer.status === 'failed');
    ensure(refused, `${what} charged nothing, but ${endingText(ending)}`);
    return;
  }
  await ensureBooks(stage, { reference: request.reference, kind: 'charge', amounts: [amount] });
  ensure(ending.kind === 'answered', `${what} ${endingText(ending)}`);
  const end =
    request.paymentMethod === undefined ? await lookUp(stage, { reference: request.reference }) : ending.answer;
  ensure(end.status === 'succeeded', `${what} ended as ${end.status}`);
  ensureSame({ what: `what ${what} captured`, was: end.captured, expected: amount });
}

/** Charges an amount that must be refused. */
async function refused(stage: ProcessorStage, amount: Money): Promise<void> {
  const request = await chargeOf(stage, { amount });
  const what = `createPayment of ${amount.amount} ${amount.currency}`;
  const ending = await endingOf(what, (await stage.provider()).createPayment(request));
  ensure(
    ending.kind === 'permanent' || (ending.kind === 'answered' && ending.answer.status === 'failed'),
    `${what} ${endingText(ending)}`,
  );
  await ensureBooks(stage, { reference: request.reference, kind: 'charge', amounts: [] });
}

const MOST_CURRENCIES = 5;

const withDecimals = (decimals: number, words: string): CheckFor<ProcessorStage> => ({
  name: `charges currencies with ${words} decimals to the unit, or refuses them`,
  async run(stage): Promise<NotSupported | undefined> {
    const { currencies, minimumAmount } = (await stage.provider()).capabilities;
    const known = Object.keys(CURRENCY_EXPONENTS).filter(isCurrency);
    const fit = (currencies === 'all' ? known : currencies).filter((code) => CURRENCY_EXPONENTS[code] === decimals);
    if (fit.length === 0) return { declared: `capabilities.currencies has none with ${words} decimals` };
    const sample = [...fit.filter((code) => USUAL.has(code)), ...fit].slice(0, MOST_CURRENCIES);
    for (const currency of new Set(sample)) {
      const least = minimumAmount[currency] ?? 0;
      for (const amount of [1001, 123_457]) await exactOrRefused(stage, { amount: least + amount, currency });
    }
    return undefined;
  },
});

const USUAL = new Set<Currency>(['JPY', 'KRW', 'CLP', 'EUR', 'USD', 'GBP', 'KWD', 'BHD', 'TND', 'UGX']);

/** Money is whole minor units, and none is lost. */
export const AMOUNTS: readonly CheckFor<ProcessorStage>[] = [
  withDecimals(0, 'no'),
  withDecimals(2, 'two'),
  withDecimals(3, 'three'),
  {
    name: 'refuses currencies that it does not declare',
    async run(stage) {
      const { currencies } = (await stage.provider()).capabilities;
      const undeclared = Object.keys(CURRENCY_EXPONENTS)
        .filter(isCurrency)
        .filter((code) => currencies !== 'all' && !currencies.includes(code));
      for (const currency of undeclared.slice(0, MOST_CURRENCIES)) await refused(stage, { amount: 1255, currency });
      await refused(stage, { amount: 1255, currency: 'XXX' as Currency });
    },
  },
  {
    name: 'refuses amounts that are no positive whole number, and rounds none',
    async run(stage) {
      const { currency } = await amountOf(stage);
      for (const amount of [0, -1, 1250.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53 * 2])
        await refused(stage, { amount, currency });
    },
  },
  {
    name: 'refuses amounts below the minimum that it declares',
    async run(stage) {
      const { minimumAmount } = (await stage.provider()).capabilities;
      const minimums = Object.entries(minimumAmount).filter(([, least]) => least > 1);
      if (minimums.length === 0) return { declared: 'capabilities.minimumAmount is empty' };
      for (const [currency, least] of minimums.slice(0, MOST_CURRENCIES))
        await refused(stage, { amount: least - 1, currency: currency as Currency });
      return undefined;
    },
  },
];
