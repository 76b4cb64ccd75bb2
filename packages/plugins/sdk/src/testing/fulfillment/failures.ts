import type { Json } from '../../json.js';
import { giveUp, overAlready } from '../abort.js';
import { callsDuring } from '../calls-during.js';
import type { CheckFor } from '../check.js';
import { leakChecks } from '../checks-of-all.js';
import { endingOf, endingText, ensure } from '../ensure.js';
import { ODD_TEXTS } from '../garbage.js';
import { fulfill, grantOf, reachingOut, requestOf, revoke } from './stage.js';
import type { FulfillmentStage } from './stage.js';

/** When the other side fails. */
export const OUTAGES: readonly CheckFor<FulfillmentStage>[] = [
  {
    name: 'delivers once although the first answer was lost',
    run: reachingOut(async (stage, outside) => {
      const request = requestOf(stage, grantOf(stage));
      await outside.loseNextAnswer();
      const lost = await endingOf('fulfill', fulfill(stage, request));
      await outside.clear();
      ensure(lost.kind !== 'permanent', 'a lost answer is a RetryableError, not a PermanentError');
      ensure(lost.kind !== 'not_sent', 'a lost answer is no NotSentError: the request did arrive');
      await fulfill(stage, request);
      const deliveries = await outside.deliveriesOf(request.grant.id);
      ensure(deliveries === 1, `${deliveries} deliveries were made, not 1`);
    }),
  },
  {
    name: 'revokes although the first answer was lost',
    run: reachingOut(async (stage, outside) => {
      const grant = grantOf(stage);
      const delivered = await fulfill(stage, requestOf(stage, grant));
      await outside.loseNextAnswer();
      const lost = await endingOf('revoke', revoke(stage, grant, delivered));
      await outside.clear();
      ensure(lost.kind !== 'permanent', 'a lost answer is a RetryableError, not a PermanentError');
      await revoke(stage, grant, delivered);
      ensure(!(await outside.hasAccess(grant.id)), 'there is access after it was revoked');
    }),
  },
  {
    name: 'delivers nothing when the signal was aborted before the call',
    run: reachingOut(async (stage, outside) => {
      const request = requestOf(stage, grantOf(stage), { signal: overAlready() });
      const ending = await endingOf('fulfill', fulfill(stage, request));
      ensure(ending.kind !== 'answered', `it ${endingText(ending)} under a signal that was aborted before`);
      const deliveries = await outside.deliveriesOf(request.grant.id);
      ensure(deliveries === 0, `${deliveries} deliveries were made under a signal that was aborted before`);
    }),
  },
  {
    name: 'ends within the deadline when the signal is aborted during the call, and leaves nothing running',
    run: reachingOut(async (stage, outside) => {
      await outside.holdNextAnswer();
      const grant = grantOf(stage);
      const run = (signal: AbortSignal) => endingOf('fulfill', fulfill(stage, requestOf(stage, grant, { signal })));
      await giveUp({ what: 'fulfill', deadlineMs: stage.deadlineMs, run });
      await outside.clear();
    }),
  },
];

/** What may be asked without an end in a crash. */
export const GARBAGE: readonly CheckFor<FulfillmentStage>[] = [
  {
    name: 'fails for good, with a PermanentError, when the settings are none of its own',
    async run(stage) {
      const refused = Object.entries(stage.subject.refusedSettings);
      const nonsense: readonly (readonly [string, Json])[] = [...refused, ['null', null], ['a text', 'x'], ['[]', []]];
      for (const [name, settings] of nonsense) {
        const { issues } = await (await stage.provider()).settings['~standard'].validate(settings);
        if (issues === undefined) continue;
        const request = requestOf(stage, grantOf(stage, { settings }));
        const ending = await endingOf(`fulfill with settings '${name}'`, fulfill(stage, request));
        ensure(ending.kind === 'permanent', `fulfill with settings '${name}' ${endingText(ending)}`);
      }
    },
  },
  {
    name: 'survives any text in names and addresses',
    async run(stage) {
      for (const text of ODD_TEXTS) {
        const customer = { id: 'cus_conformance', email: text, name: text };
        const grant = grantOf(stage, { productName: text, customer });
        await endingOf('fulfill', fulfill(stage, requestOf(stage, grant)));
        await endingOf('revoke', revoke(stage, grant));
      }
    },
  },
  {
    name: "calls nobody when its reach is 'own_stores'",
    async run(stage) {
      if ((await stage.provider()).reach === 'outside') return { declared: "reach is 'outside'" };
      const calls = await callsDuring(async () => {
        const grant = grantOf(stage);
        await revoke(stage, grant, await fulfill(stage, requestOf(stage, grant)));
      });
      ensure(calls === 0, `it made ${calls} calls with fetch although its reach is not 'outside'`);
      return undefined;
    },
  },
];

/** Provokes everything that could be told. */
export const FULFILLMENT_LEAKS: readonly CheckFor<FulfillmentStage>[] = leakChecks<FulfillmentStage>(async (stage) => {
  const { outside, refusedSettings } = stage.subject;
  const attempt = (request: ReturnType<typeof requestOf>) => endingOf('fulfill', fulfill(stage, request));
  await outside?.loseNextAnswer();
  await attempt(requestOf(stage, grantOf(stage)));
  await outside?.clear();
  await attempt(requestOf(stage, grantOf(stage)));
  for (const settings of Object.values(refusedSettings)) {
    await Promise.allSettled([fulfill(stage, requestOf(stage, grantOf(stage, { settings })))]);
  }
  await endingOf('revoke', revoke(stage, grantOf(stage)));
});
