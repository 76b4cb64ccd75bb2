import type { Delivery, PurchaseEvent, WebhookEndpoint } from '@payonce/engine/domain';
import type { IdempotencyClaim, InboxEntry } from '@payonce/engine/ports';
import { ids } from '../../../packages/engine/src/adapters/ids.js';
import { NOON, SCOPE, after } from './base.js';

export const anEvent = (fields: Partial<PurchaseEvent> = {}): PurchaseEvent => ({
  ...SCOPE,
  id: ids.mint('evt'),
  type: 'payment.succeeded',
  payment: ids.mint('pay'),
  body: '{"type":"payment.succeeded"}',
  createdAt: NOON,
  ...fields,
});

export const aDelivery = (fields: Partial<Delivery> = {}): Delivery => ({
  ...SCOPE,
  id: ids.mint('dlv'),
  event: 'evt_1',
  endpoint: 'whk_1',
  payment: ids.mint('pay'),
  status: 'pending',
  attempts: 0,
  lastAttemptAt: null,
  lastStatus: null,
  lastError: null,
  dispatchedAt: null,
  createdAt: NOON,
  ...fields,
});

export const anEndpoint = (fields: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
  ...SCOPE,
  id: ids.mint('whk'),
  url: 'https://shop.example/hooks',
  description: '',
  secret: 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0',
  filterTypes: null,
  disabled: false,
  metadata: {},
  headers: { 'X.Token': 'Bearer top-secret' },
  rateLimit: null,
  createdAt: NOON,
  updatedAt: NOON,
  ...fields,
});

export const anInboxEntry = (fields: Partial<InboxEntry> = {}): InboxEntry => ({
  id: ids.mint('inb'),
  processor: 'sandbox',
  account: 'acct_1',
  mode: 'test',
  eventId: ids.mint('pe'),
  event: { id: 'pe_1', kind: 'payment', reference: 'att_1', result: { status: 'processing', processorRef: 'pi_1' } },
  receivedAt: NOON,
  payment: null,
  routedAt: null,
  tries: 0,
  ...fields,
});

export const aClaim = (fields: Partial<IdempotencyClaim> = {}): IdempotencyClaim => ({
  ...SCOPE,
  route: 'POST /checkouts',
  key: ids.mint('key'),
  bodyHash: 'hash-1',
  ids: { session: ids.mint('cks') },
  leasedUntil: after(60),
  answer: null,
  flushed: false,
  hungUp: false,
  createdAt: NOON,
  ...fields,
});
