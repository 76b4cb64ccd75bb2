import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from './lib/bootstrap.mjs';
import { closingLine } from './lib/closing-line.mjs';
import { atEnd, main } from './lib/lifetime.mjs';
import { root } from './lib/paths.mjs';
import { say } from './lib/say.mjs';
import { spawnGuarded } from './lib/warden.mjs';

const MODULES = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
const MAY_LINGER = 20_000;

/** Jest ends by itself unless a test leaves something open; then it would wait for ever. */
async function untilEnded({ jest, counts }) {
  let counted;
  const timer = setInterval(() => {
    if (existsSync(counts)) counted ??= Date.now();
    if (counted === undefined || Date.now() - counted < MAY_LINGER) return;
    say('The tests are done, but something they left open keeps jest from ending: stopping it.');
    jest.signal('SIGKILL');
  }, 500);
  const { code, signal } = await jest.exited;
  clearInterval(timer);
  return code ?? (signal === 'SIGINT' ? 130 : 1);
}

/** Runs the tests; what is given after `npm test --` goes to jest. */
await main(async (args) => {
  await bootstrap();
  const folder = mkdtempSync(join(tmpdir(), 'payonce-test-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const counts = join(folder, 'counts.json');
  const jest = spawnGuarded({
    command: process.execPath,
    args: [join(root, 'node_modules/jest/bin/jest.js'), ...args],
    cwd: root,
    output: 'inherit',
    env: {
      ...process.env,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${MODULES}`.trim(),
      PAYONCE_TEST_COUNTS: counts,
    },
  });
  const code = await untilEnded({ jest, counts });
  const answer = existsSync(counts)
    ? JSON.parse(readFileSync(counts, 'utf8'))
    : { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  console.log(closingLine(answer));
  return code;
});
