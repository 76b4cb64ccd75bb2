import { fulfillmentDescription } from '../../schemas/index.js';
import type { CheckFor } from '../check.js';
import { ensure, ensureSame } from '../ensure.js';
import type { FulfillmentStage } from './stage.js';

/** What admin pages read. */
export const DESCRIPTION: readonly CheckFor<FulfillmentStage>[] = [
  {
    name: 'describes what a buyer gets, and its settings as an object schema',
    async run(stage) {
      const provider = await stage.provider();
      const first: unknown = provider.describe();
      const { error } = fulfillmentDescription.safeParse(first);
      const problems = error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      ensure(problems === undefined, `describe() does not parse: ${problems?.join('; ')}`);
      ensureSame({ what: 'the second description', was: provider.describe(), expected: first });
    },
  },
];
