import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The user and group `nobody`. */
const NOBODY = 65_534;

/** How a program ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A program at work. */
export interface Running {
  readonly ended: Promise<Ended>;
  stop(): Promise<Ended>;
}

type Environment = Readonly<Record<string, string>>;

/** Puts a program with its dependencies into a folder, as the Dockerfile does. */
export async function deploy({ name, folder }: { readonly name: string; readonly folder: string }): Promise<void> {
  const filter = ['--filter', `@payonce/${name}`];
  const pnpm = ['exec', '--yes', 'pnpm@10.34.9', '--', ...filter, 'deploy', '--prod', '--legacy', '--prefer-offline'];
  await succeed({ command: 'npm', args: [...pnpm, folder], cwd: root });
  await succeed({ command: process.execPath, args: ['docker/prune.mjs', folder], cwd: root });
  await chmod(folder, 0o755);
}

async function succeed(program: { command: string; args: readonly string[]; cwd: string }): Promise<void> {
  const { code, output } = await start({ ...program, env: { ...process.env, CI: 'true' } }).ended;
  if (code !== 0) throw new Error(`${program.command} ${program.args.join(' ')} ended with ${code}:\n${output}`);
}

/** Whether programs can be started as `nobody` here. */
export async function canBeNobody(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  const { code } = await start({ command: process.execPath, args: ['--version'], cwd: '/', env: {}, uid: NOBODY })
    .ended;
  return code === 0;
}

/** Starts a deployed program with this environment and no other, without a home, as `nobody` when that is asked for. */
export const run = ({
  folder,
  args = [],
  env,
  asNobody,
}: {
  readonly folder: string;
  readonly args?: readonly string[];
  readonly env: Environment;
  readonly asNobody: boolean;
}): Running =>
  start({
    command: process.execPath,
    args: [join('dist', 'main.js'), ...args],
    cwd: folder,
    env: { NODE_ENV: 'production', HOME: '/nonexistent', ...env },
    ...(asNobody && { uid: NOBODY }),
  });

function start({
  command,
  args,
  cwd,
  env,
  uid,
}: {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly uid?: number;
}): Running {
  const as = uid === undefined ? {} : { uid, gid: uid };
  const child = spawn(command, args, { cwd, env, ...as, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (words) => (output += words));
  const failed = new Promise<Ended>((resolve) =>
    child.once('error', ({ message }) => resolve({ code: 127, output: message })),
  );
  const closed = once(child, 'close').then(([code]: (number | null)[]): Ended => ({ code: code ?? null, output }));
  closed.catch(() => undefined);
  const ended = Promise.race([failed, closed]);
  return {
    ended,
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
