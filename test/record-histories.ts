import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, it } from '@jest/globals';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { eventually } from './support/eventually.js';
import { stepsIn, timeSkippingShop } from './support/purchase-steps.js';
import { STORIES } from './support/purchase-stories.js';
import { workflowOf } from './support/running-shop.js';
import type { Stage } from './support/story-stage.js';

// Run by `npm run histories`, never by `npm test`: saves what the purchases of today leave behind, for the replays of tomorrow.

const FOLDER = fileURLToPath(new URL('histories', import.meta.url));

let stage: Stage;
let stop: () => Promise<void>;

beforeAll(async () => {
  const { shop, environment } = await timeSkippingShop('histories');
  stage = { shop, environment, at: stepsIn(shop) };
  stop = async () => {
    await shop.stop();
    await environment.teardown();
  };
}, 60_000);

afterAll(() => stop());

beforeEach(() => {
  const { processor, goods, seats } = stage.shop;
  for (const plans of [processor.charges, processor.refunds, processor.captures, goods.plans]) plans.length = 0;
  seats.reset(10);
  processor.down = false;
});

it.each(Object.entries(STORIES))(
  '%s',
  async (name, story) => {
    const session = await story(stage);
    const history = await eventually(() => workflowOf(stage.shop, session).fetchHistory(), isAtRest);
    await writeFile(join(FOLDER, `${name}.json`), oneEventPerLine(JSON.parse(historyToJSON(history))));
  },
  60_000,
);

/** Whether the workflow did all that it can do for now. */
const isAtRest = ({ events }: History): boolean => {
  const last = (field: keyof NonNullable<History['events']>[number]): number =>
    (events ?? []).findLastIndex((event) => event[field] != null);
  const done = last('workflowTaskCompletedEventAttributes');
  return last('workflowTaskScheduledEventAttributes') < done && last('workflowExecutionSignaledEventAttributes') < done;
};

/** Without the names and folders of whoever recorded it; diffs show which events changed. */
function oneEventPerLine({ events }: { readonly events: readonly object[] }): string {
  const lines = events.map((event) => JSON.stringify(event, withoutMachine));
  return `{"events":[\n${lines.join(',\n')}\n]}\n`;
}

const withoutMachine = (field: string, value: unknown): unknown =>
  field === 'identity' ? 'recorder' : field === 'stackTrace' ? '' : value;
