import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootstrap } from './lib/bootstrap.mjs';
import { build } from './lib/build.mjs';
import { envText } from './lib/env-text.mjs';
import { main } from './lib/lifetime.mjs';
import { root } from './lib/paths.mjs';

const PROCESSES = ['api', 'worker', 'sandbox', 'cli'];

async function schemaOf(name) {
  const config = await import(pathToFileURL(join(root, 'packages', name, 'dist/config.js')).href);
  return config[`${name}Environment`];
}

/** Writes .env.example from the schemas of the processes. */
await main(async () => {
  await bootstrap();
  await build();
  const schemas = await Promise.all(PROCESSES.map(async (name) => [name, await schemaOf(name)]));
  writeFileSync(join(root, '.env.example'), envText(Object.fromEntries(schemas)));
});
