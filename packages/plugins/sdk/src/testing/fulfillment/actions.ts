import type { ProviderAction, FulfillmentActionDone } from '../../action.js';
import type { CheckFor, NotSupported } from '../check.js';
import { ensure, ensureSame, written } from '../ensure.js';
import { done } from './acting.js';
import { fulfill, grantOf, requestOf } from './stage.js';
import type { FulfillmentStage } from './stage.js';
import type { ActionTrial, SoldGrant } from './subject.js';

type Action = ProviderAction<FulfillmentActionDone>;

/** Runs for each action of a provider that has any. */
const forEachAction =
  (run: (stage: FulfillmentStage, name: string, action: Action) => Promise<void>) =>
  async (stage: FulfillmentStage): Promise<NotSupported | undefined> => {
    const actions = Object.entries((await stage.provider()).actions ?? {});
    if (actions.length === 0) return { declared: 'it has no actions' };
    for (const [name, action] of actions) await run(stage, name, action);
    return undefined;
  };

const NAME = /^[a-z][a-z0-9_]{0,39}$/;
const GARBAGE: readonly unknown[] = [null, undefined, 'x', 7, [], { 'no such field': 1 }];

/** What merchants can do beside selling. */
export const ACTIONS: readonly CheckFor<FulfillmentStage>[] = [
  {
    name: 'describes each of its actions, and their input as an object schema',
    run: forEachAction(async (_stage, name, { description, inputSchema }) => {
      ensure(NAME.test(name), `the action '${name}' is not named like 'check_in'`);
      ensure(description.trim() !== '', `the action '${name}' has no description`);
      ensure(
        inputSchema['type'] === 'object',
        `the schema of the action '${name}' is of type ${written(inputSchema['type'])}, not 'object'`,
      );
    }),
  },
  {
    name: 'refuses input that its actions cannot take',
    run: forEachAction(async (_stage, name, { input }) => {
      for (const garbage of GARBAGE) {
        const { issues } = await input['~standard'].validate(garbage);
        ensure((issues ?? []).length > 0, `the action '${name}' takes ${written(garbage)}`);
      }
    }),
  },
  {
    name: 'does once what an action is asked, however often the same request comes',
    run: forEachAction(async (stage, name) => {
      const trial = stage.subject.actions?.[name];
      ensure(trial !== undefined, `say how the action '${name}' is tried (actions)`);
      await repeat({ stage, name, trial });
    }),
  },
];

const TIMES = 5;

async function repeat({
  stage,
  name,
  trial,
}: {
  readonly stage: FulfillmentStage;
  readonly name: string;
  readonly trial: ActionTrial;
}): Promise<void> {
  const sold = await sell(stage);
  const acting = { name, input: await trial.input(sold), idempotencyKey: stage.fresh('act') };
  const first = await done(stage, acting);
  const before = await trial.effect?.(sold);
  const repeated = await Promise.all(Array.from({ length: TIMES }, () => done(stage, acting)));
  const what = `of a repetition of '${name}'`;
  for (const each of repeated) {
    ensureSame({ what: `the deliveries ${what}`, was: each.delivered ?? [], expected: first.delivered ?? [] });
    if (!trial.effect) ensureSame({ what: `the answer ${what}`, was: each.answer, expected: first.answer });
  }
  ensureSame({ what: `the effect ${what}`, was: (await trial.effect?.(sold)) ?? null, expected: before ?? null });
}

async function sell(stage: FulfillmentStage): Promise<SoldGrant> {
  const grant = grantOf(stage);
  const answer = await fulfill(stage, requestOf(stage, grant));
  return { grant, answer, act: async (name, input) => (await done(stage, { name, input })).answer };
}
