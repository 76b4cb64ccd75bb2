import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../environment.js';

const source = (name: string): string =>
  JSON.stringify(new URL(`../../../packages/plugins/${name}/src/index.ts`, import.meta.url).href);

/** A configuration as an operator writes it, with two providers of seats; nothing of their workers is in it. Answers its path. */
export async function withRemoteSeats({
  FILES_DIR,
  TASK_QUEUE_PREFIX: prefix,
  SANDBOX_URL: origin,
  SANDBOX_SECRET_KEY: secretKey,
  SANDBOX_WEBHOOK_SECRET: webhookSecret,
}: Environment & { readonly SANDBOX_URL: string }): Promise<string> {
  const file = join(FILES_DIR, 'payonce.config.mjs');
  await writeFile(
    file,
    `import { bundledPlugins, bundledRoutes } from ${source('bundled')};
    import { fulfillmentRemote } from ${source('fulfillment-remote')};
    const options = { sandbox: ${JSON.stringify({ origin, secretKey, webhookSecret })} };
    const seats = (id) => fulfillmentRemote({
      id,
      displayName: 'Acme seats',
      taskQueue: id + ${JSON.stringify(`-${prefix}`)},
      summary: 'A seat.',
      settings: { type: 'object', properties: { hall: { type: 'string' } }, required: ['hall'] },
    });
    export default {
      plugins: [...bundledPlugins(options), seats('seats-node'), seats('seats-python')],
      routes: bundledRoutes(options),
    };`,
  );
  return file;
}
