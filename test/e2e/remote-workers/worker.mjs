import { NativeConnection, Worker } from '@temporalio/worker';

// A provider as somebody writes it who knows Temporal and the documentation: nothing of ours is imported.

const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TASK_QUEUE, PAYONCE_URL, PAYONCE_PROVIDER_KEY } = process.env;

const seats = new Map();

async function payonce(method, path, body) {
  const answer = await fetch(`${PAYONCE_URL}/provider/grants/${path}`, {
    method,
    headers: { authorization: `Bearer ${PAYONCE_PROVIDER_KEY}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`payonce_${answer.status}`);
  return answer.json();
}

async function fulfillGrant({ grant: id }) {
  const grant = await payonce('GET', id);
  if (grant.work !== 'fulfill') return { status: grant.status === 'delivered' ? 'delivered' : 'failed' };
  if (!seats.has(id)) seats.set(id, `${grant.settings.hall}${seats.size + 1}`);
  const items = [{ label: 'Your seat', value: seats.get(id) }];
  await payonce('POST', `${id}/delivery`, { outcome: 'delivered', content: { kind: 'content', items } });
  console.log(`delivered ${id}`);
  return { status: 'delivered' };
}

async function revokeGrant({ grant: id }) {
  seats.delete(id);
  await payonce('POST', `${id}/revocation`, {});
  console.log(`revoked ${id}`);
  return { status: 'revoked' };
}

const connection = await NativeConnection.connect({ address: TEMPORAL_ADDRESS });
const worker = await Worker.create({
  connection,
  namespace: TEMPORAL_NAMESPACE,
  taskQueue: TASK_QUEUE,
  activities: { fulfillGrant, revokeGrant },
});
console.log('working');
await worker.run();
await connection.close();
