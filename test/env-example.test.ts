import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { apiEnvironment } from '../packages/api/src/config.js';
import { cliEnvironment } from '../packages/cli/src/config.js';
import { sandboxEnvironment } from '../packages/sandbox/src/config.js';
import { workerEnvironment } from '../packages/worker/src/config.js';

/** Plain JavaScript, so that it runs before anything is compiled. */
const GENERATOR = '../scripts/lib/env-text.mjs';

const schemas = { api: apiEnvironment, worker: workerEnvironment, sandbox: sandboxEnvironment, cli: cliEnvironment };
const written = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');

it('describes every variable of every process', () => {
  const named = new Set([...written.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name));
  expect(named).toEqual(new Set(Object.values(schemas).flatMap(({ shape }) => Object.keys(shape))));
});

it('is what scripts/env-example.mjs writes', async () => {
  const { envText }: { envText: (given: typeof schemas) => string } = await import(GENERATOR);
  expect(written).toBe(envText(schemas));
});

it('shows no secret that works', () => {
  expect(written).not.toMatch(/SECRET\w*=\S/);
});
