import { join } from 'node:path';
import { bootstrap } from './lib/bootstrap.mjs';
import { main } from './lib/lifetime.mjs';
import { root } from './lib/paths.mjs';
import { runQuietly } from './lib/run.mjs';
import { Explained, seconds } from './lib/say.mjs';

/** In this order: what comes later reads better once what comes before holds. */
const steps = {
  types: { tool: 'tsc', args: ['-b'] },
  lint: { tool: 'oxlint', args: ['--type-aware', '--report-unused-disable-directives', '--deny-warnings'] },
  format: { tool: 'oxfmt', args: ['--check'], fix: ['--write'], advice: 'npm run check -- --fix formats them.' },
  imports: { tool: 'depcruise', args: ['--config', '.dependency-cruiser.mjs', '.'] },
  unused: { tool: 'knip', args: ['--no-progress', '--no-config-hints'] },
  api: {
    script: 'scripts/checks/api.mjs',
    args: [],
    fix: ['--write'],
    advice: 'npm run check -- api --fix writes the reports anew.',
  },
  packages: { script: 'scripts/checks/packages.mjs', args: [] },
};

async function run({ name, fix }) {
  const { tool, script, args, fix: fixing, advice } = steps[name];
  const chosen = fix && fixing ? fixing : args;
  const { code, output, milliseconds } = await runQuietly({
    title: `checking ${name}`,
    ...(script === undefined
      ? { command: join(root, 'node_modules', '.bin', tool), args: chosen }
      : { command: process.execPath, args: [script, ...chosen] }),
    cwd: root,
  });
  const passed = code === 0;
  console.log(`${name.padEnd(8)} ${passed ? 'passed' : 'FAILED'}  ${seconds(milliseconds)}`);
  if (!passed) console.log(`\n${output.trim()}\n${advice ? `${advice}\n` : ''}`);
  return passed;
}

/**
 * Checks what no test sees. Arguments choose among the steps (`npm run check -- lint format`); `--fix` formats, and
 * writes reports anew, instead of complaining.
 */
await main(async (args) => {
  const fix = args.includes('--fix');
  const chosen = args.filter((arg) => arg !== '--fix');
  const unknown = chosen.filter((name) => !(name in steps));
  if (unknown.length > 0)
    throw new Explained(`No such check: ${unknown.join(', ')}. There are ${Object.keys(steps).join(', ')}.`);
  await bootstrap();
  let failed = 0;
  for (const name of Object.keys(steps)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    if (!(await run({ name, fix }))) failed += 1;
  }
  return failed > 0 ? 1 : 0;
});
