import type { ProcessorActionDone, ProviderAction } from '../../action.js';
import { clientConfig } from '../../schemas/index.js';
import type { CheckFor, NotSupported } from '../check.js';
import { ensure, ensureSame, written } from '../ensure.js';
import type { ProcessorStage } from './stage.js';

type Action = ProviderAction<ProcessorActionDone>;

/** Runs for each action of an adapter that has any. */
const forEachAction =
  (run: (name: string, action: Action) => Promise<void>) =>
  async (stage: ProcessorStage): Promise<NotSupported | undefined> => {
    const actions = Object.entries((await stage.provider()).actions ?? {});
    if (actions.length === 0) return { declared: 'has no actions' };
    for (const [name, action] of actions) await run(name, action);
    return undefined;
  };

const NAME = /^[a-z][a-z0-9_]{0,39}$/;
const GARBAGE: readonly unknown[] = [null, undefined, 'x', 7, [], { 'no such field': 1 }];

/** What an adapter offers beside moving money: to pages, and to merchants. */
export const OFFERS: readonly CheckFor<ProcessorStage>[] = [
  {
    name: 'tells pages what to load as origins, the same each time',
    async run(stage) {
      const adapter = await stage.provider();
      if (adapter.clientConfig === undefined) return { declared: 'has no clientConfig' };
      const [first, second] = [adapter.clientConfig(), adapter.clientConfig()];
      const { error } = clientConfig.safeParse(first);
      ensure(error === undefined, `what pages may load is not as origins have it: ${written(first)}`);
      ensureSame({ what: 'what pages may load, asked again', was: second, expected: first });
      return undefined;
    },
  },
  {
    name: 'describes each of its actions, and their input as an object schema',
    run: forEachAction(async (name, { description, inputSchema, run }) => {
      ensure(NAME.test(name), `the action '${name}' is not named like 'mark_paid'`);
      ensure(description.trim() !== '', `the action '${name}' has no description`);
      ensure(typeof run === 'function', `the action '${name}' has no run`);
      const { type } = inputSchema;
      ensure(type === 'object', `the schema of the action '${name}' is of type ${written(type)}, not 'object'`);
    }),
  },
  {
    name: 'refuses input that its actions cannot take',
    run: forEachAction(async (name, { input }) => {
      for (const garbage of GARBAGE) {
        const { issues } = await input['~standard'].validate(garbage);
        ensure((issues ?? []).length > 0, `the action '${name}' takes ${written(garbage)}`);
      }
    }),
  },
];
