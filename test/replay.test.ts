import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { testWorkflowBundle } from './setup/workflow-bundle.js';
import { STORY_NAMES } from './support/story-names.js';

// What breaks on purpose is not worth a screenful.
Runtime.install({
  logger: new DefaultLogger('ERROR', () => undefined),
  telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
});

const FOLDER = new URL('histories/', import.meta.url);

interface SavedHistory {
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

const saved = (name: string): SavedHistory => JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));

/** What the workflow of today says to a run of before; undefined when it goes on as it did then. */
async function replay(name: string, history: SavedHistory): Promise<Error | undefined> {
  const options = { workflowBundle: testWorkflowBundle() };
  for await (const { error } of Worker.runReplayHistories(options, [{ workflowId: name, history }])) return error;
  throw new Error('nothing was replayed');
}

describe('a run that an earlier release began', () => {
  const names = readdirSync(fileURLToPath(FOLDER)).map((file) => file.replace(/\.json$/, ''));

  it('is on record for each branch', () => {
    expect(names).toEqual(expect.arrayContaining([...STORY_NAMES]));
  });

  it.each(names)('goes on where it was: %s', async (name) => {
    expect(await replay(name, saved(name))).toBeUndefined();
  });

  it('would be noticed to take another turn', async () => {
    const { events } = saved('direct-with-a-grant-outside');
    const swapped = swap(events, 'EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', 'EVENT_TYPE_TIMER_STARTED');
    expect(await replay('swapped', { events: swapped })).toMatchObject({ name: 'DeterminismViolationError' });
  });

  it('would be noticed to call another activity', async () => {
    const { events } = saved('direct');
    const renamed = JSON.parse(JSON.stringify(events).replaceAll('"name":"charge"', '"name":"chargeTwice"'));
    expect(await replay('renamed', { events: renamed })).toMatchObject({ name: 'DeterminismViolationError' });
  });
});

/** The same events with the contents of the last ones of two types exchanged. */
function swap(events: SavedHistory['events'], one: string, other: string): SavedHistory['events'] {
  const [first, second] = [one, other].map((type) => events.findLastIndex(({ eventType }) => eventType === type));
  const keep = ({ eventId, eventTime }: SavedHistory['events'][number]) => ({ eventId, eventTime });
  return events.map((event, index) => {
    const content = index === first ? events[second ?? -1] : index === second ? events[first ?? -1] : event;
    return { ...content, ...keep(event) };
  });
}
