import type { AttemptOutcome, Charger, FrozenCharge } from '../../domain/attempt.js';
import type { Amount } from '../../domain/purchase-state.js';
import { DECLINE_CODES } from '../../domain/vocabulary.js';
import type { Codec } from '../codec/codec.js';
import { choice, list, nullable, optional, record } from '../codec/composites.js';
import { currency, instant, minorUnits, oneOf, text } from '../codec/scalars.js';
import { quote } from './quote.js';

type Action = NonNullable<AttemptOutcome['action']>;
type Card = NonNullable<AttemptOutcome['card']>;
type Failure = NonNullable<AttemptOutcome['error']>;
type Instruction = NonNullable<AttemptOutcome['instructions']>[number];

export const declineCode = oneOf(...DECLINE_CODES);

export const paymentProvider = oneOf('stripe', 'adyen', 'dodo');

export const amount: Codec<Amount> = record<Amount>({ amount: minorUnits, currency });

export const action: Codec<Action> = choice<Action, 'type'>('type', {
  redirect: record<Extract<Action, { type: 'redirect' }>>({ type: oneOf('redirect'), url: text }),
  client: record<Extract<Action, { type: 'client' }>>({
    type: oneOf('client'),
    clientSecret: text,
    publishableKey: text,
  }),
});

export const card: Codec<Card> = record<Card>({
  last4: text,
  network: optional(text),
  type: optional(oneOf('CREDIT', 'DEBIT')),
  issuingCountry: optional(text),
  holderName: optional(text),
});

export const instructions: Codec<readonly Instruction[]> = list(record<Instruction>({ label: text, value: text }));

export const outcome: Codec<AttemptOutcome> = record<AttemptOutcome>({
  status: oneOf('requires_action', 'authorized', 'processing', 'succeeded', 'failed', 'cancelled', 'unknown'),
  processorRef: nullable(text),
  action: nullable(action),
  instructions: optional(instructions),
  authorized: optional(amount),
  captured: nullable(amount),
  card: nullable(card),
  method: nullable(text),
  error: nullable(record<Failure>({ code: declineCode, message: text })),
  fault: optional(text),
  at: instant,
});

/** What was frozen before the processor was called. */
export const frozen: Codec<FrozenCharge> = record<FrozenCharge>({
  quote,
  idempotencyKey: text,
  at: instant,
  by: optional(record<Charger>({ processor: text, paymentProvider })),
});
