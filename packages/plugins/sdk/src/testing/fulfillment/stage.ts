import type { Delivered, Pending } from '../../delivered.js';
import type { Fulfill, FulfillmentProvider, Grant } from '../../fulfillment.js';
import type { Json } from '../../json.js';
import { FULFILLMENT_PROVIDER } from '../../plugin.js';
import { deliveredOrPending, reserveResult } from '../../schemas/index.js';
import type { NotSupported } from '../check.js';
import { CUSTOMER } from '../checks-of-all.js';
import { ensure } from '../ensure.js';
import { createStage } from '../stage.js';
import type { Stage } from '../stage.js';
import type { FulfillmentProviderSubject, OutsideProbe } from './subject.js';

/** A fulfillment provider on trial. */
export interface FulfillmentStage extends Stage<FulfillmentProvider> {
  readonly subject: FulfillmentProviderSubject;
}

export const fulfillmentStage = (subject: FulfillmentProviderSubject): FulfillmentStage => ({
  ...createStage({
    subject,
    kind: FULFILLMENT_PROVIDER,
    schemas: { fulfill: deliveredOrPending, revoke: undefined, reserve: reserveResult, release: undefined },
  }),
  subject,
});

/** A grant of the first settings, like no other. */
export const grantOf = (stage: FulfillmentStage, own: Partial<Grant> = {}): Grant => ({
  id: stage.fresh('entg'),
  payment: stage.fresh('pay'),
  business: 'bus_conformance',
  mode: 'test',
  product: 'pdt_conformance',
  productName: 'A font',
  unit: 0,
  customer: CUSTOMER,
  settings: anySettings(stage),
  ...own,
});

/** What is asked for a grant, under the key that the engine gives it. */
export const requestOf = (stage: FulfillmentStage, grant: Grant, own: Partial<Fulfill> = {}): Fulfill =>
  stage.call({ grant }, { idempotencyKey: `${grant.payment}:fulfill:${grant.id}`, ...own });

/** Asks for a delivery. */
export const fulfill = async (stage: FulfillmentStage, request: Fulfill): Promise<Delivered | Pending> =>
  (await stage.provider()).fulfill(request);

/** Asks for access to end. */
export async function revoke(stage: FulfillmentStage, grant: Grant, delivered?: Delivered | Pending): Promise<void> {
  const request = stage.call(
    { grant, reason: 'refund' as const },
    { idempotencyKey: `${grant.payment}:revoke:${grant.id}` },
  );
  const was = delivered?.outcome === 'delivered' ? { delivered } : {};
  await (await stage.provider()).revoke({ ...request, ...was });
}

/** Runs only for a provider that calls out. */
export const reachingOut =
  (run: (stage: FulfillmentStage, outside: OutsideProbe) => Promise<void>) =>
  async (stage: FulfillmentStage): Promise<NotSupported | undefined> => {
    const { reach } = await stage.provider();
    if (reach !== 'outside') return { declared: `reach is '${reach}'` };
    const { outside } = stage.subject;
    ensure(outside !== undefined, "its reach is 'outside': say what happened there (outside)");
    await run(stage, outside);
    return undefined;
  };

function anySettings({ subject }: FulfillmentStage): Json {
  const [first] = Object.values(subject.settings);
  ensure(first !== undefined, 'name at least one product set-up (settings)');
  return first;
}
