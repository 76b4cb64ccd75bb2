import {
  DomainError,
  chargedBy,
  isDomainError,
  priceCart,
  taxShares,
  taxableLines,
  toAttemptOutcome,
} from '../domain/index.js';
import type { Attempt, Payment, Quote, Session } from '../domain/index.js';
import type { OfAttempt, PreparedCharge, RefusalReason, TaxActivities } from '../messages/index.js';
import { calculateTax } from '../plugins/index.js';
import type { ActivityDeps } from './deps.js';
import { pluginFailure } from './failures.js';
import { attemptOf, paymentOf, sessionOf } from './records.js';
import { isLimited, setAside } from './set-aside.js';

/** Tax of a charge: quoted before it, committed after it. */
export const taxActivities = (deps: ActivityDeps): TaxActivities => ({
  async quoteTax(of) {
    const { stores, clock } = deps;
    const [session, attempt] = await Promise.all([sessionOf(stores, of), attemptOf(stores, of)]);
    if (attempt.voidedAt !== null) return refused('expired');
    const quote = attempt.frozen?.quote ?? (await quoteFor(deps, { session, attempt }));
    const prepared = quote ? await freeze(deps, { of, session, attempt, quote }) : refused('tax_unavailable');
    // Last: whoever dies before this is submitted again, and whoever was refused is not.
    await stores.attempts.markAccepted({ id: attempt.id, at: clock.now() });
    return isLimited(session) && quote ? { ...prepared, limited: true } : prepared;
  },

  async computeTax(of) {
    const { stores } = deps;
    const [session, payment] = await Promise.all([sessionOf(stores, of), paymentOf(stores, of)]);
    await tellCalculators(deps, { session, payment, verb: 'commit' });
    return { tax: payment.attempt?.frozen?.quote.tax ?? 0 };
  },

  async voidTax(of) {
    const [session, payment] = await Promise.all([sessionOf(deps.stores, of), paymentOf(deps.stores, of)]);
    await tellCalculators(deps, { session, payment, verb: 'void' });
  },
});

/** Every calculator that answered lines of the sale is asked, whatever becomes of the others; a repetition asks all of them again under the same key. */
async function tellCalculators(
  { plugins }: ActivityDeps,
  { session, payment, verb }: { session: Session; payment: Payment; verb: 'commit' | 'void' },
): Promise<void> {
  const { id, mode } = payment;
  const told = await Promise.allSettled(
    calculatorsAsked({ session, payment }).map(async (calculator) =>
      plugins.tax(calculator)[verb]({ payment: id, idempotencyKey: `${id}:tax:${verb}`, mode }),
    ),
  );
  const failed = told.find((each) => each.status === 'rejected');
  if (failed) throw pluginFailure(failed.reason);
}

/** Those that answered lines of the sale. */
const calculatorsAsked = ({
  session: { servedBy, lines },
  payment: { attempt },
}: {
  session: Session;
  payment: Payment;
}): readonly string[] =>
  taxShares({ servedBy, country: attempt?.request.billing.country ?? '', lines }).map(({ calculator }) => calculator);

/** Whether a sale of which nothing is left has its tax on somebody's record. A calculator that is gone may keep it: then somebody has to look. */
export function keepsTaxRecord({ plugins }: ActivityDeps, of: { session: Session; payment: Payment }): boolean {
  const known = plugins.ids().tax;
  return calculatorsAsked(of).some((calculator) => !known.includes(calculator) || plugins.tax(calculator).keepsRecord);
}

const refused = (reason: RefusalReason): PreparedCharge => ({ status: 'refused', reason });

/** The calculator's answer, priced; undefined when there is no usable one: then nothing is charged. */
async function quoteFor(
  { stores, plugins, clock, logger }: ActivityDeps,
  { session, attempt }: { session: Session; attempt: Attempt },
): Promise<Quote | undefined> {
  const { billing, taxId } = attempt.request;
  const business = await stores.businesses.find(session.business);
  try {
    const asked = {
      seller: { business: session.business, ...(business?.country ? { country: business.country } : {}) },
      buyer: {
        country: billing.country,
        ...(billing.state === null ? {} : { state: billing.state }),
        ...(billing.zipcode === null ? {} : { postcode: billing.zipcode }),
        ...(taxId === null ? {} : { taxId }),
        kind: taxId === null ? 'consumer' : 'business',
      },
      currency: session.currency,
      date: clock.now().toISOString().slice(0, 10),
      lines: taxableLines(session.lines),
      idempotencyKey: `${session.payment}:tax:${attempt.id}`,
      mode: session.mode,
    } as const;
    const tax = await calculateTax({ plugins, servedBy: session.servedBy, asked });
    return priceCart({ currency: session.currency, lines: session.lines, tax });
  } catch (thrown) {
    if (isDomainError(thrown) && thrown.code !== 'TAX_UNAVAILABLE') throw thrown;
    logger.warn({ payment: session.payment, attempt: attempt.id, code: codeOf(thrown) }, 'no tax quote');
    return undefined;
  }
}

const codeOf = (thrown: unknown): string =>
  thrown instanceof DomainError ? thrown.code : (pluginFailure(thrown).type ?? 'unknown');

interface Freezing {
  readonly of: OfAttempt;
  readonly session: Session;
  readonly attempt: Attempt;
  readonly quote: Quote;
}

/**
 * Frozen with the idempotency key before the processor is called, and after everything that can run out was set aside. What the buyer did not see is not charged, and
 * neither is what nobody can hand over.
 */
async function freeze(deps: ActivityDeps, { session, attempt, quote }: Freezing): Promise<PreparedCharge> {
  const { stores, plugins, clock } = deps;
  const { shownTotal, currency } = attempt.request;
  const processor = chargedBy(attempt, session);
  if (quote.total !== shownTotal || quote.currency !== currency) return refused('amount_changed');
  const { capabilities } = plugins.processor(processor);
  const problem = quote.total === 0 ? undefined : refusalOf(capabilities, quote);
  if (problem) return refused(problem);
  const lack = attempt.frozen === null ? await setAside(deps, { session, attempt }) : undefined;
  if (lack) return refused(lack);
  const at = clock.now();
  const frozen = await stores.attempts.freeze({
    id: attempt.id,
    quote,
    idempotencyKey: `${session.payment}:charge:${attempt.id}`,
    at,
    by: { processor, paymentProvider: capabilities.paymentProvider },
  });
  const asked = { amount: frozen.quote.total, currency: frozen.quote.currency };
  if (asked.amount === 0) {
    const outcome = toAttemptOutcome({
      result: { status: 'succeeded', processorRef: 'free', captured: asked, method: 'free' },
      at,
    });
    await stores.attempts.recordOutcome({ id: attempt.id, outcome: { ...outcome, processorRef: null, method: null } });
  }
  return { status: 'ready', asked, processor: frozen.by?.processor ?? processor };
}

function refusalOf(
  {
    currencies,
    minimumAmount,
  }: { currencies: 'all' | readonly string[]; minimumAmount: Readonly<Partial<Record<string, number>>> },
  { total, currency }: Quote,
): RefusalReason | undefined {
  if (currencies !== 'all' && !currencies.includes(currency)) return 'currency_not_supported';
  return total < (minimumAmount[currency] ?? 0) ? 'below_minimum' : undefined;
}
