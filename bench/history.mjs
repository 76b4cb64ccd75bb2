import { median } from './arithmetic.mjs';
import { untilTrue } from './closed-loop.mjs';
import { giveCard } from './shop.mjs';

const SAMPLES = 5;

/** What purchases of each kind, and bare workflows, leave in Temporal: the middle of a few, and their range. A machine that is busy adds to it. */
export async function historyCost({ client, shop, bare }) {
  return {
    direct: await sampled(async () => settledCost({ client, session: (await shop.buyDirectly()).session_id })),
    redirect: await sampled(async (number) => {
      const { session_id: session, page } = await shop.beginOnPage(`-history-${number}`);
      await giveCard(page);
      return settledCost({ client, session });
    }),
    bare: await sampled(async () => costOf({ client, workflowId: await bare.run() })),
  };
}

async function sampled(measure) {
  const costs = [];
  for (let number = 0; number < SAMPLES; number += 1) costs.push(await measure(number));
  return {
    events: spreadOf(costs.map(({ events }) => events)),
    transitions: spreadOf(costs.map(({ transitions }) => transitions)),
  };
}

const spreadOf = (values) => ({ median: median(values), least: Math.min(...values), most: Math.max(...values) });

async function settledCost({ client, session }) {
  const workflowId = `purchase/${session}`;
  const handle = client.workflow.getHandle(workflowId);
  const look = async () => (await handle.query('state')).state.stage === 'settled';
  await untilTrue({ what: `${workflowId} settled`, look });
  return costOf({ client, workflowId });
}

async function costOf({ client, workflowId }) {
  const { historyLength, raw } = await client.workflow.getHandle(workflowId).describe();
  return { events: historyLength, transitions: Number(raw.workflowExecutionInfo.stateTransitionCount) };
}
