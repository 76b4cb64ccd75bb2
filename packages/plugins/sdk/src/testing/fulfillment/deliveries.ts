import type { Grant } from '../../fulfillment.js';
import type { Json } from '../../json.js';
import type { CheckFor } from '../check.js';
import { ensure, ensureSame } from '../ensure.js';
import { frozen } from '../garbage.js';
import { fulfill, grantOf, reachingOut, requestOf, revoke } from './stage.js';
import type { FulfillmentStage } from './stage.js';

const verdictOn = async (stage: FulfillmentStage, settings: Json) =>
  (await stage.provider()).settings['~standard'].validate(settings);

/** Twenty grants of one payment, of two lines: only their ids tell them apart. */
function ofOnePayment(stage: FulfillmentStage): readonly Grant[] {
  const payment = stage.fresh('pay');
  return Array.from({ length: 20 }, (_, number) =>
    grantOf(stage, { payment, unit: number % 10, product: number < 10 ? 'pdt_conformance' : 'pdt_beside' }),
  );
}

/** What is handed over. */
export const DELIVERIES: readonly CheckFor<FulfillmentStage>[] = [
  {
    name: 'takes the settings that its products have',
    async run(stage) {
      for (const [name, settings] of Object.entries(stage.subject.settings)) {
        const { issues } = await verdictOn(stage, settings);
        ensure(issues === undefined, `it refuses '${name}': ${issues?.map(({ message }) => message).join('; ')}`);
      }
    },
  },
  {
    name: 'refuses settings that it cannot deliver by',
    async run(stage) {
      const refused = Object.entries(stage.subject.refusedSettings);
      ensure(refused.length > 0, 'name at least one product set-up that is refused (refusedSettings)');
      for (const [name, settings] of refused)
        ensure(((await verdictOn(stage, settings)).issues ?? []).length > 0, `it takes '${name}'`);
    },
  },
  {
    name: 'delivers, or says what is awaited, for each of its settings',
    async run(stage) {
      for (const settings of Object.values(stage.subject.settings))
        await fulfill(stage, requestOf(stage, grantOf(stage, { settings })));
    },
  },
  {
    name: 'gives every unit a key of its own',
    async run(stage) {
      const answers = await Promise.all(ofOnePayment(stage).map((grant) => fulfill(stage, requestOf(stage, grant))));
      const keys = answers.flatMap((answer) =>
        answer.outcome === 'delivered' && answer.content.kind === 'license_key' ? [answer.content.key] : [],
      );
      if (keys.length === 0) return { declared: 'its first settings deliver no license keys' };
      ensure(new Set(keys).size === keys.length, `twenty grants got ${new Set(keys).size} different keys`);
      return undefined;
    },
  },
  {
    name: 'leaves the request as it is',
    async run(stage) {
      const { grant, ...rest } = requestOf(stage, grantOf(stage));
      await fulfill(stage, { ...rest, grant: frozen(structuredClone(grant)) });
    },
  },
];

/** One grant, one delivery. */
export const ONCE: readonly CheckFor<FulfillmentStage>[] = [
  {
    name: 'delivers once when the same grant comes again',
    run: reachingOut(async (stage, outside) => {
      const request = requestOf(stage, grantOf(stage));
      const first = await fulfill(stage, request);
      ensureSame({ what: 'the second answer', was: await fulfill(stage, request), expected: first });
      await ensureDeliveries(outside.deliveriesOf(request.grant.id), 1);
    }),
  },
  {
    name: 'delivers once when the same grant comes twenty times at once',
    run: reachingOut(async (stage, outside) => {
      const request = requestOf(stage, grantOf(stage));
      await Promise.allSettled(Array.from({ length: 20 }, () => fulfill(stage, request)));
      await ensureDeliveries(outside.deliveriesOf(request.grant.id), 1);
    }),
  },
  {
    name: 'delivers each of twenty grants that come at once',
    run: reachingOut(async (stage, outside) => {
      const requests = ofOnePayment(stage).map((grant) => requestOf(stage, grant));
      await Promise.all(requests.map((request) => fulfill(stage, request)));
      for (const { grant } of requests) await ensureDeliveries(outside.deliveriesOf(grant.id), 1);
    }),
  },
  {
    name: 'answers the same kind of content when the same grant comes again',
    async run(stage) {
      const request = requestOf(stage, grantOf(stage));
      const shape = async () => {
        const answer = await fulfill(stage, request);
        return answer.outcome === 'delivered' ? answer.content.kind : answer.outcome;
      };
      ensureSame({ what: 'the second answer', was: await shape(), expected: await shape() });
    },
  },
];

const ensureDeliveries = async (counted: number | Promise<number>, expected: number): Promise<void> => {
  const count = await counted;
  ensure(count === expected, `${count} deliveries were made, not ${expected}`);
};

/** Access ends. */
export const REVOCATIONS: readonly CheckFor<FulfillmentStage>[] = [
  {
    name: 'ends access when it is revoked',
    run: reachingOut(async (stage, outside) => {
      const grant = grantOf(stage);
      const delivered = await fulfill(stage, requestOf(stage, grant));
      if (delivered.outcome === 'delivered')
        ensure(await outside.hasAccess(grant.id), 'there is no access after the delivery');
      await revoke(stage, grant, delivered);
      ensure(!(await outside.hasAccess(grant.id)), 'there is access after it was revoked');
    }),
  },
  {
    name: 'takes a second revocation for the first',
    async run(stage) {
      const grant = grantOf(stage);
      const delivered = await fulfill(stage, requestOf(stage, grant));
      await revoke(stage, grant, delivered);
      await revoke(stage, grant, delivered);
      const access = stage.subject.outside?.hasAccess(grant.id) ?? false;
      ensure(!(await access), 'there is access after two revocations');
    },
  },
  {
    name: 'revokes what was never delivered without a complaint',
    async run(stage) {
      const grant = grantOf(stage);
      await revoke(stage, grant);
      const access = stage.subject.outside?.hasAccess(grant.id) ?? false;
      ensure(!(await access), 'a revocation gave access');
    },
  },
];
