import { Explained } from '../../explained.js';
import { setUp } from '../../setup/set-up.js';
import type { Stack } from '../stack.js';
import type { Supervisor } from '../supervisor.js';
import { createApi } from '../web/api.js';
import { buy } from './buy.js';
import { links, sayFarewell } from './farewell.js';
import type { Narrator } from './narrator.js';
import type { Demo } from './plan.js';
import { receive } from './receive.js';
import { giveBack } from './refund.js';
import { sell } from './sell.js';
import { showWorkflow } from './show-workflow.js';
import type { WebhookReceiver } from './webhook-receiver.js';

/** What the story is told with. */
export interface Telling {
  readonly demo: Demo;
  readonly narrator: Narrator;
  readonly stack: Stack;
  readonly supervisor: Supervisor;
  readonly receiver: WebhookReceiver;
}

/** The whole story: an installation starts, a merchant sells, a buyer pays and receives, the money goes back. */
export async function tell({ demo, narrator, stack, supervisor, receiver }: Telling): Promise<void> {
  const startedAt = performance.now();
  const key = await startStack({ narrator, stack, supervisor });
  const story = { narrator, receiver, apiUrl: stack.apiUrl, api: createApi({ url: stack.apiUrl, key }) };
  const offer = await sell(story);
  const paid = await buy(story, offer);
  const goods = await receive(story, paid);
  await giveBack(story, { paid, goods });
  await showWorkflow({ narrator, stack }, offer);
  const seconds = (performance.now() - startedAt) / 1000;
  sayFarewell({ narrator, paid, seconds, keep: demo.keep });
  if (demo.keep) for (const line of links({ stack, backends: demo.backends, key, offer, paid })) narrator.say(line);
}

/** Answers a key of the API. */
async function startStack({
  narrator,
  stack,
  supervisor,
}: Pick<Telling, 'narrator' | 'stack' | 'supervisor'>): Promise<string> {
  narrator.chapter('A fresh installation starts');
  const key = await narrator.step('setup', async () => {
    const done = await setUp({ config: stack.config, wish: { kind: 'first' } });
    if (done.key === undefined) throw new Explained('Setting up issued no key', { exitCode: 1 });
    return {
      value: done.key.key,
      lines: [`namespace ${done.namespace.name}, search attributes, indexes, a business, a test key`],
    };
  });
  await narrator.step('processes', async () => {
    await supervisor.start(stack.services);
    return { value: undefined, lines: [`${stack.services.map(({ name }) => name).join(', ')} are ready`] };
  });
  return key;
}
