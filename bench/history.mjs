import { untilTrue } from './closed-loop.mjs';
import { giveCard } from './shop.mjs';

/** What one purchase of each kind, and one bare workflow, leave in Temporal. */
export async function historyCost({ client, shop, bare }) {
  const direct = await shop.buyDirectly();
  const redirect = await shop.beginOnPage('-history');
  await giveCard(redirect.page);
  return {
    direct: await settledCost({ client, session: direct.session_id }),
    redirect: await settledCost({ client, session: redirect.session_id }),
    bare: await costOf({ client, workflowId: await bare.run() }),
  };
}

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
