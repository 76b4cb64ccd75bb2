import { openTemporal } from '../../connections/temporal.js';
import { Explained } from '../../explained.js';
import { purchaseWorkflowId } from '../../purchase-names.js';
import type { Stack } from '../stack.js';
import { BUYER, CARD } from './buy.js';
import type { Narrator } from './narrator.js';
import type { Offer } from './story.js';

const PRIVATE = [BUYER.email, BUYER.name, CARD.number, CARD.number.replaceAll(' ', '')] as const;

/** What was left in Temporal of all this: ids, amounts and states in one history, and nothing of the buyer. */
export async function showWorkflow(
  { narrator, stack }: { readonly narrator: Narrator; readonly stack: Stack },
  { session }: Offer,
): Promise<void> {
  narrator.chapter('All of it was one durable workflow');
  await narrator.step('workflow', async () => {
    const temporal = await openTemporal(stack.config);
    try {
      const id = purchaseWorkflowId(session);
      const handle = temporal.client.workflow.getHandle(id);
      const history = await handle.fetchHistory();
      const said = [...textsIn(history)].join('\n');
      const found = PRIVATE.find((text) => said.includes(text));
      if (found !== undefined) throw new Explained(`The history of ${id} has "${found}" in it`, { exitCode: 1 });
      const isOpen = (await handle.describe()).status.name === 'RUNNING';
      const lines = [
        id,
        `${history.events?.length ?? 0} events: ids, amounts and states, no name, address or card`,
        isOpen ? 'it stays open until the refund window closes' : 'it is closed: nothing can follow',
      ];
      return { value: undefined, lines };
    } finally {
      await temporal.connection.close();
    }
  });
}

/** Every text in a message, payloads decoded. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value instanceof Uint8Array) yield Buffer.from(value).toString();
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* textsIn(part);
}
