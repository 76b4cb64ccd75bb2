import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores } from '../../../../test/store/open-stores.js';
import {
  NOON,
  OTHER_BUSINESS,
  OTHER_MODE,
  SCOPE,
  aClaim,
  aCustomer,
  aGrant,
  aLicenseKey,
  aPayment,
  aProduct,
  aRefund,
  aSession,
  aSharedEntitlement,
  aShownAttempt,
  anEndpoint,
  anUpload,
} from '../../../../test/store/samples.js';
import type { Scope } from '../domain/scope.js';
import type { Stores } from '../ports/stores.js';

let open: OpenStores;

const session = aSession();
const refund = aRefund();
const payment = aPayment({ attempt: aShownAttempt(), refunds: [refund] });
const grant = aGrant();
const license = aLicenseKey();
const endpoint = anEndpoint();
const customer = aCustomer();
const product = aProduct();
const entitlement = aSharedEntitlement();
const upload = anUpload({ product: product.id });
const claim = aClaim({ key: 'auto:1' });

beforeAll(async () => {
  open = await openStores('isolation');
  const { stores } = open;
  await stores.sessions.insert(session);
  await stores.payments.insert(payment);
  await stores.grants.ensure([grant]);
  await stores.licenses.ensureForGrant(license);
  await stores.endpoints.insert(endpoint);
  await stores.customers.ensure(customer);
  await stores.products.insert(product);
  await stores.entitlements.insert(entitlement);
  await stores.products.insertUpload(upload);
  await stores.idempotency.claim(claim);
  await stores.idempotency.answer({ ...claim, answer: { status: 200, body: '{}' } });
  await stores.businesses.addKey({ ...SCOPE, hash: 'h', last4: '1234', name: '', createdAt: NOON, revokedAt: null });
});

afterAll(() => open.close());

const page = { number: 0, size: 100 };
const at = NOON;

/** Every method that takes a scope, called for what exists in {@link SCOPE}. */
const scoped: Readonly<Record<string, (stores: Stores, scope: Scope) => Promise<unknown>>> = {
  'sessions.findScoped': ({ sessions }, scope) => sessions.findScoped({ ...scope, id: session.id }),
  'payments.findScoped': ({ payments }, scope) => payments.findScoped({ ...scope, id: payment.id }),
  'payments.list': ({ payments }, scope) => payments.list({ ...scope, page }),
  'payments.findRefund': ({ payments }, scope) => payments.findRefund({ ...scope, id: refund.id }),
  'payments.listRefunds': ({ payments }, scope) => payments.listRefunds({ ...scope, page }),
  'grants.findScoped': ({ grants }, scope) => grants.findScoped({ ...scope, id: grant.id }),
  'grants.list': ({ grants }, scope) => grants.list({ ...scope, page }),
  'licenses.find': ({ licenses }, scope) => licenses.find({ ...scope, id: license.id }),
  'licenses.list': ({ licenses }, scope) => licenses.list({ ...scope, now: NOON, page }),
  'licenses.update': ({ licenses }, scope) =>
    licenses.update({ ...scope, id: license.id, set: { activationsLimit: 9 } }),
  'endpoints.findScoped': ({ endpoints }, scope) => endpoints.findScoped({ ...scope, id: endpoint.id }),
  'endpoints.list': ({ endpoints }, scope) => endpoints.list({ ...scope, limit: 100 }),
  'endpoints.listEnabled': ({ endpoints }, scope) => endpoints.listEnabled(scope),
  'endpoints.update': ({ endpoints }, scope) =>
    endpoints.update({ ...scope, id: endpoint.id, set: { url: 'https://x' }, at }),
  'customers.find': ({ customers }, scope) => customers.find({ ...scope, id: customer.id }),
  'customers.findByEmail': ({ customers }, scope) => customers.findByEmail({ ...scope, email: customer.email }),
  'customers.list': ({ customers }, scope) => customers.list({ ...scope, page }),
  'products.find': ({ products }, scope) => products.find({ ...scope, id: product.id }),
  'products.list': ({ products }, scope) => products.list({ ...scope, archived: false, page }),
  'products.update': ({ products }, scope) => products.update({ ...scope, id: product.id, set: { name: 'x' }, at }),
  'products.findUploads': ({ products }, scope) =>
    products.findUploads({ ...scope, product: product.id, ids: [upload.id] }),
  'products.archive': ({ products }, scope) => products.archive({ ...scope, id: product.id, archivedAt: at, at }),
  'entitlements.find': ({ entitlements }, scope) => entitlements.find({ ...scope, id: entitlement.id }),
  'entitlements.findAll': ({ entitlements }, scope) => entitlements.findAll({ ...scope, ids: [entitlement.id] }),
  'entitlements.list': ({ entitlements }, scope) => entitlements.list({ ...scope, page }),
  'entitlements.update': ({ entitlements }, scope) =>
    entitlements.update({ ...scope, id: entitlement.id, set: { name: 'x' }, at }),
  'entitlements.remove': ({ entitlements }, scope) => entitlements.remove({ ...scope, id: entitlement.id, at }),
  'businesses.listKeys': ({ businesses }, scope) => businesses.listKeys(scope),
  'idempotency.takeLost': ({ idempotency }, scope) =>
    idempotency.takeLost({ ...scope, route: claim.route, bodyHash: claim.bodyHash, since: NOON, now: NOON }),
  'endpoints.remove': ({ endpoints }, scope) => endpoints.remove({ ...scope, id: endpoint.id }),
};

const isNothing = (answer: unknown): boolean =>
  answer === undefined || answer === false || (Array.isArray(answer) && answer.length === 0);

describe.each([
  ['another business', OTHER_BUSINESS],
  ['the other mode', OTHER_MODE],
])('from %s', (_, scope) => {
  it.each(Object.keys(scoped))('%s finds and changes nothing', async (method) => {
    expect(isNothing(await scoped[method]?.(open.stores, scope))).toBe(true);
  });

  it('a claim, its answer and its release are those of another key', async () => {
    const theirs = { ...claim, ...scope };
    expect(await open.stores.idempotency.claim(theirs)).toMatchObject({ mine: true });
    await open.stores.idempotency.release(theirs);
    const { claim: ours } = await open.stores.idempotency.claim(claim);
    expect(ours).toMatchObject({ ...SCOPE, answer: { status: 200 }, flushed: false });
  });
});

describe.each([
  ['no business', { mode: 'test' }],
  ['no mode', { business: 'bus_1' }],
  ['an operator for a business', { business: { $ne: '' }, mode: 'test' }],
])('with %s', (_, scope) => {
  it.each(Object.keys(scoped))('%s rejects instead of looking everywhere', async (method) => {
    await expect(async () => scoped[method]?.(open.stores, scope as unknown as Scope)).rejects.toThrow('is no scalar');
  });
});

it.each(Object.keys(scoped))('%s finds what is in its own scope', async (method) => {
  expect(isNothing(await scoped[method]?.(open.stores, SCOPE))).toBe(false);
});
