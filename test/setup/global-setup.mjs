import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMongodb } from '../../scripts/backends/find-mongodb.mjs';
import { findStripeMock } from '../../scripts/backends/find-stripe-mock.mjs';
import { findTimeSkipping } from '../../scripts/backends/find-temporal.mjs';
import { startMongodb } from '../../scripts/backends/mongodb.mjs';
import { startTemporal } from '../../scripts/backends/temporal.mjs';
import { needsOf, selectedTests, variables } from './needs.mjs';
import { workflowBundle } from './bundle-workflows.mjs';

/** What a server tells of itself becomes an environment variable, which jest hands on to its workers. */
const starts = {
  temporal: async ({ folder }) => (await startTemporal({ env: process.env, folder })).address,
  /** A program, not an address: each test file starts its own (time-skipping.ts). */
  timeSkipping: async () => (await findTimeSkipping({ env: process.env })).executable,
  mongodb: async ({ folder, files, maxWorkers }) => {
    const places = await mongodbFolders({ folder, most: Math.min(maxWorkers, files.length) });
    const servers = places.map((place) => startMongodb({ env: process.env, folder: place, fleeting: true }));
    return (await Promise.all(servers)).map(({ uri }) => uri).join(' ');
  },
  bundle: workflowBundle,
  /** A program too; undefined on machines that cannot build it, where its tests are skipped. */
  stripeMock: () => findStripeMock({ env: process.env }),
};

/** The stand-in for MongoDB uses one core: each jest worker has one of its own. A real one serves all. */
async function mongodbFolders({ folder, most }) {
  const { running, executable } = await findMongodb({ env: process.env });
  const names = Array.from({ length: running || executable ? 1 : Math.max(1, most) }, (_, at) => `mongodb-${at + 1}`);
  return names.map((name) => {
    const place = join(folder, name);
    mkdirSync(place);
    return place;
  });
}

/** Starts the servers that the selected tests need, once per run; one that the environment names is left alone. */
export default async function globalSetup(globalConfig) {
  const files = selectedTests(globalConfig);
  const needs = needsOf({ files });
  const folder = mkdtempSync(join(tmpdir(), 'payonce-test-'));
  globalThis.payonceTestFolder = folder;
  const wanted = Object.entries(starts).filter(([need]) => needs.has(need) && !process.env[variables[need]]);
  const started = wanted.map(async ([need, start]) => {
    const answer = await start({ folder, files, ...globalConfig });
    if (answer) process.env[variables[need]] = answer;
  });
  await Promise.all(started);
}
