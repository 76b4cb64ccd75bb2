import { describe, expect, it } from '@jest/globals';
import type { Attempt, AttemptId, AttemptOutcome, Payment, PurchaseState, Session } from '@payonce/engine/domain';
import { INITIAL_STATE, paymentStatus, priceWithoutTax } from '@payonce/engine/domain';
import { checkoutState } from './checkout-record.js';
import type { CheckoutRecord } from './checkout-record.js';

const NOW = new Date('2026-11-23T12:00:00Z');
const EARLIER = new Date('2026-11-23T11:50:00Z');
const LATER = new Date('2026-11-24T11:00:00Z');
const FIRST: AttemptId = 'att_1AAAAAAAAAAAAAAAAAAAA';
const SECOND: AttemptId = 'att_2AAAAAAAAAAAAAAAAAAAA';
const MONEY = { amount: 1000, currency: 'EUR' } as const;

const session: Session = {
  id: 'cks_AAAAAAAAAAAAAAAAAAAAA',
  payment: 'pay_AAAAAAAAAAAAAAAAAAAAA',
  business: 'bus_AAAAAAAAAAAAAAAAAAAAA',
  brand: 'brnd_AAAAAAAAAAAAAAAAAAAAA',
  mode: 'test',
  currency: 'EUR',
  lines: [],
  servedBy: { processor: 'scripted', taxCalculator: 'flat', plugins: [] },
  customer: null,
  billing: null,
  taxId: null,
  customerBusinessName: null,
  returnUrl: null,
  cancelUrl: null,
  metadata: {},
  confirm: false,
  createdAt: EARLIER,
  expiresAt: LATER,
  startedAt: EARLIER,
};

const attempt = (part: Partial<Attempt> = {}): Attempt => ({
  id: FIRST,
  session: session.id,
  payment: session.payment,
  business: session.business,
  mode: 'test',
  request: {
    customer: { id: 'cus_AAAAAAAAAAAAAAAAAAAAA', email: 'ada@example.com', name: 'Ada', phone: null },
    billing: { country: 'DE', state: null, city: null, street: null, zipcode: null },
    taxId: null,
    customerBusinessName: null,
    shownTotal: 1000,
    currency: 'EUR',
    paymentMethod: null,
  },
  frozen: null,
  sentAt: null,
  outcome: null,
  createdAt: EARLIER,
  acceptedAt: null,
  voidedAt: null,
  ...part,
});

const frozen = { quote: priceWithoutTax({ currency: 'EUR', lines: [] }), idempotencyKey: 'k', at: EARLIER };

const outcome = (status: AttemptOutcome['status'], url?: string): AttemptOutcome => ({
  status,
  processorRef: 'p',
  action: url === undefined ? null : { type: 'redirect', url },
  captured: null,
  card: null,
  method: null,
  error: null,
  at: EARLIER,
});

const accepted = (part: Partial<Attempt>): Attempt =>
  attempt({ acceptedAt: EARLIER, frozen, sentAt: EARLIER, ...part });

const payment = (value: PurchaseState): Payment => ({
  id: session.payment,
  session: session.id,
  business: session.business,
  brand: session.brand,
  mode: 'test',
  currency: 'EUR',
  products: [],
  metadata: {},
  processor: 'scripted',
  paymentProvider: 'dodo',
  state: { revision: 1, value, at: EARLIER },
  status: paymentStatus(value),
  customer: null,
  attempt: null,
  paidAt: null,
  invoice: null,
  refunds: [],
  refundRevision: 0,
  hasLicenseKey: false,
  hasDigitalDelivery: false,
  createdAt: EARLIER,
  updatedAt: EARLIER,
});

const stateOf = (part: {
  readonly state?: PurchaseState;
  readonly attempts?: readonly Attempt[];
  readonly now?: Date;
}) => {
  const record: CheckoutRecord = {
    session,
    payment: part.state ? payment(part.state) : undefined,
    attempts: part.attempts ?? [],
    merchant: 'Shop',
  };
  return checkoutState({ record, now: part.now ?? NOW });
};

const failedFirst: PurchaseState = {
  kind: 'awaiting_payment',
  attempts: 1,
  failed: { attempt: FIRST, code: 'CARD_DECLINED' },
};
const openFirst = (phase: 'charging' | 'requires_action' | 'processing' | 'unknown'): PurchaseState => ({
  kind: 'attempt_open',
  attempts: 1,
  attempt: FIRST,
  phase,
  asked: MONEY,
});

describe('a session without attempts', () => {
  it('is payable before and after its purchase has started', () => {
    expect(stateOf({})).toEqual({ kind: 'payable', declined: null });
    expect(stateOf({ state: INITIAL_STATE })).toEqual({ kind: 'payable', declined: null });
  });

  it('has expired at its end, whether or not anybody has noticed', () => {
    expect(stateOf({ now: LATER }).kind).toBe('expired');
    expect(stateOf({ state: INITIAL_STATE, now: LATER }).kind).toBe('expired');
    expect(stateOf({ state: { kind: 'closed', attempts: 0, reason: 'expired' } }).kind).toBe('expired');
    expect(stateOf({ state: { kind: 'closed', attempts: 0, reason: 'cancelled' } }).kind).toBe('cancelled');
  });
});

describe('a stored press of Pay that the recorded state does not know yet', () => {
  it('is processing while nobody has taken it, even past the end', () => {
    expect(stateOf({ attempts: [attempt()] }).kind).toBe('processing');
    expect(stateOf({ state: INITIAL_STATE, attempts: [attempt()], now: LATER }).kind).toBe('processing');
  });

  it('is processing while it is being charged', () => {
    expect(stateOf({ state: INITIAL_STATE, attempts: [accepted({})] }).kind).toBe('processing');
    expect(stateOf({ state: INITIAL_STATE, attempts: [accepted({ outcome: outcome('unknown') })] }).kind).toBe(
      'processing',
    );
    expect(stateOf({ state: INITIAL_STATE, attempts: [accepted({ outcome: outcome('succeeded') })] }).kind).toBe(
      'processing',
    );
  });

  it('waits for its buyer as soon as the processor said so', () => {
    const waiting = accepted({ outcome: outcome('requires_action', 'https://processor.example/1') });
    expect(stateOf({ state: INITIAL_STATE, attempts: [waiting] })).toMatchObject({
      kind: 'action',
      url: 'https://processor.example/1',
    });
  });

  it('tells the buyer how to pay by hand, known to the state or not, until it is decided', () => {
    const instructions = [{ label: 'IBAN', value: 'DE89' }];
    const waiting = accepted({ outcome: { ...outcome('processing'), instructions } });
    const told = { kind: 'transfer', instructions };
    expect(stateOf({ state: INITIAL_STATE, attempts: [waiting] })).toEqual(told);
    expect(stateOf({ state: openFirst('processing'), attempts: [waiting] })).toEqual(told);
    const decided = accepted({ outcome: { ...outcome('succeeded'), instructions } });
    expect(stateOf({ state: openFirst('processing'), attempts: [decided] }).kind).toBe('processing');
  });

  it('is over when it was voided or failed', () => {
    expect(stateOf({ attempts: [attempt({ voidedAt: NOW })] }).kind).toBe('payable');
    expect(stateOf({ state: INITIAL_STATE, attempts: [accepted({ outcome: outcome('failed') })] }).kind).toBe(
      'payable',
    );
  });

  it('is given up when it was accepted and not priced for minutes', () => {
    expect(stateOf({ attempts: [attempt({ acceptedAt: new Date(NOW.getTime() - 10_000) })] }).kind).toBe('processing');
    expect(stateOf({ attempts: [attempt({ acceptedAt: EARLIER })] }).kind).toBe('payable');
  });

  it('counts over an older one that waits for its buyer', () => {
    const older = accepted({ outcome: outcome('requires_action', 'https://processor.example/1') });
    expect(stateOf({ state: openFirst('requires_action'), attempts: [older, attempt({ id: SECOND })] }).kind).toBe(
      'processing',
    );
  });
});

describe('the recorded state', () => {
  it('tells of a declined attempt, whatever the attempt itself last heard', () => {
    const stale = accepted({ outcome: outcome('unknown') });
    expect(stateOf({ state: failedFirst, attempts: [stale] })).toEqual({ kind: 'payable', declined: 'CARD_DECLINED' });
  });

  it.each(['charging', 'processing', 'unknown'] as const)('is processing while the attempt is %s', (phase) => {
    expect(stateOf({ state: openFirst(phase), attempts: [accepted({})] }).kind).toBe('processing');
  });

  it('has no link when the processor wants something that our page cannot do', () => {
    const client = {
      ...outcome('requires_action'),
      action: { type: 'client', clientSecret: 's', publishableKey: 'p' } as const,
    };
    expect(stateOf({ state: openFirst('requires_action'), attempts: [accepted({ outcome: client })] })).toMatchObject({
      kind: 'action',
      url: null,
    });
  });

  it('decides once money came', () => {
    const captured = { attempts: 1, attempt: FIRST, asked: MONEY, captured: MONEY };
    expect(
      stateOf({
        state: { kind: 'paid', stage: 'settled', ...captured },
        attempts: [attempt({ id: SECOND })],
        now: LATER,
      }).kind,
    ).toBe('paid');
    expect(stateOf({ state: { kind: 'held', ...captured }, attempts: [accepted({})] }).kind).toBe('held');
  });
});
