import type { GrantId, LicenseKeyId, EventId, PaymentId } from '@payonce/engine/domain';
import { expect, it } from '@jest/globals';
import { breaches } from './checker.js';
import type { Evidence, PurchaseRecord } from './evidence.js';

const PAYMENT = 'pay_1' as PaymentId;
const TYPES = [
  'payment.succeeded',
  'license_key.created',
  'entitlement_grant.delivered',
  'entitlement_grant.delivered',
] as const;

const purchase: PurchaseRecord = {
  payment: PAYMENT,
  state: 'paid, settled',
  attempts: [{ id: 'att_1', asked: { amount: 2000, currency: 'EUR' } }],
  grants: [
    { id: 'entg_1' as GrantId, status: 'delivered', licenseKey: 'lic_1' as LicenseKeyId },
    { id: 'entg_2' as GrantId, status: 'delivered', licenseKey: null },
  ],
  events: TYPES.map((type, index) => ({ id: `evt_${index}` as EventId, type })),
};
const charge = { kind: 'charge', reference: 'att_1', amount: 2000, currency: 'EUR' };
const key = { id: 'lic_1', key: 'AAAAA', payment: PAYMENT };
const post = (id: string) => ({ id, body: `{"id":"${id}"}`, genuine: true, taken: true });
const sound: Evidence = {
  purchases: [purchase],
  ledger: [charge],
  keys: [[key], [key]],
  posts: [{ ...post('evt_0'), taken: false }, ...purchase.events.map(({ id }) => post(id))],
  screen: { settled: 1, needsAttention: 0 },
};
const withPurchase = (part: Partial<PurchaseRecord>): Evidence => ({ ...sound, purchases: [{ ...purchase, ...part }] });
const posts = (...more: Evidence['posts']): Evidence => ({ ...sound, posts: [...sound.posts, ...more] });

it('finds nothing when one charge, one key, and every event at least once is all there is', () => {
  expect(breaches(sound)).toEqual([]);
});

it.each<[string, Evidence, string]>([
  ['a second charge', { ...sound, ledger: [charge, charge] }, 'pay_1 was charged 2 times'],
  ['a lost charge', { ...sound, ledger: [] }, 'pay_1 was charged 0 times'],
  [
    'another amount',
    { ...sound, ledger: [{ ...charge, amount: 2001 }] },
    'pay_1 was charged 2001 EUR, not what was asked for',
  ],
  [
    'a charge of nobody',
    { ...sound, ledger: [charge, { ...charge, reference: 'att_9' }] },
    'the processor has a charge of att_9',
  ],
  ['money back', { ...sound, ledger: [charge, { ...charge, kind: 'refund' }] }, 'the processor has a refund of att_1'],
  ['a purchase that stopped half-way', withPurchase({ state: 'paid, fulfilling' }), 'pay_1 is paid, fulfilling'],
  ['a lost grant', withPurchase({ grants: purchase.grants.slice(0, 1) }), 'pay_1 has 1 of 1 grants delivered'],
  ['a second key', { ...sound, keys: [[key, { ...key, id: 'lic_2' }], [key]] }, 'pay_1 has 2 license keys'],
  [
    'a key in two purchases',
    { ...sound, keys: [[key, { ...key, id: 'lic_2', payment: 'pay_2' }], [key]] },
    'two purchases have the same license key',
  ],
  [
    'another key at the second look',
    { ...sound, keys: [[key], [{ ...key, key: 'BBBBB' }]] },
    'the license keys read differently the second time',
  ],
  [
    'an event told twice',
    withPurchase({ events: [...purchase.events, { id: 'evt_9' as EventId, type: 'payment.succeeded' }] }),
    'pay_1 tells payment.succeeded 2 times',
  ],
  [
    'an event of what never happened',
    withPurchase({ events: [...purchase.events, { id: 'evt_9' as EventId, type: 'payment.failed' }] }),
    'pay_1 tells of payment.failed, which never happened',
  ],
  [
    'an event that nobody took',
    { ...sound, posts: sound.posts.slice(0, -1) },
    'evt_3 (entitlement_grant.delivered) was not delivered',
  ],
  ['another body at the second post', posts({ ...post('evt_0'), body: '{}' }), 'evt_0 was posted with 2 bodies'],
  ['a wrong signature', posts({ ...post('evt_0'), genuine: false }), 'evt_0 was posted with a wrong signature'],
  ['a post of no event', posts(post('evt_9')), 'evt_9 was posted but is no event'],
  [
    'a purchase that waits for a person',
    { ...sound, screen: { settled: 1, needsAttention: 1 } },
    '1 purchases need attention',
  ],
  [
    'a purchase that operators do not see settled',
    { ...sound, screen: { settled: 0, needsAttention: 0 } },
    'the screen shows 0 of 1 settled',
  ],
])('finds %s', (_what, evidence, breach) => {
  expect(breaches(evidence)).toContain(breach);
});
