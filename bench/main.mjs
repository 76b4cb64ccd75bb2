// npm run bench: what a purchase costs through the whole stack, beside the least that Temporal can do. Records numbers; has no targets.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startBare } from './bare.mjs';
import { stopwatch } from './cpu.mjs';
import { environment } from './environment.mjs';
import { startInstallation } from './installation.mjs';
import { measure } from './measure.mjs';
import { report } from './report.mjs';
import { openShop } from './shop.mjs';

const RESULTS = fileURLToPath(new URL('results/latest.json', import.meta.url));
const FULL = { rounds: 4, perRound: 50, concurrency: 10, samples: 60, limitMs: 120_000 };
const QUICK = { rounds: 1, perRound: 20, concurrency: 10, samples: 10, limitMs: 30_000 };

const text = { type: 'string' };
const { values } = parseArgs({
  options: {
    temporal: text,
    mongodb: text,
    folder: text,
    'temporal-pid': text,
    'mongodb-pid': text,
    quick: { type: 'boolean', default: false },
  },
});
const settings = values.quick ? QUICK : FULL;
const pidOf = (option) => (values[option] === undefined ? undefined : Number(values[option]));
const say = (line) => console.error(line);

const installation = await startInstallation(values);
const { client, records } = installation;
const bare = await startBare({ client, address: values.temporal });
const shop = await openShop(installation);
const { worker, api, sandbox } = installation.pids;
const pids = { worker, api, temporal: pidOf('temporal-pid'), 'bare worker': bare.pid, sandbox };
const watch = stopwatch({ ...pids, database: pidOf('mongodb-pid') });

const results = {
  environment: await environment({ client, mongo: records.mongo, temporalPid: pids.temporal }),
  settings,
  ...(await measure({ client, shop, bare, watch, settings, say })),
};
writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
console.log(`\n${report(results)}`);

shop.close();
await bare.stop();
await installation.stop();
process.exit(0);
