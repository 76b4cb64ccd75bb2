import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { programPath } from './program.js';

/** A Temporal server that can be killed and comes back with its data. */
export interface TemporalServer {
  readonly address: string;
  /** Starts it on its port and file; resolves once it answers. */
  start(): Promise<void>;
  /** SIGKILL, without a word before. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** A server with its data in `folder`. It is not started yet. */
export function temporalServer({ folder, port }: { readonly folder: string; readonly port: number }): TemporalServer {
  let running: { readonly pid: number; end(signal: NodeJS.Signals): Promise<void> } | undefined;
  const end = async (how: (server: NonNullable<typeof running>) => Promise<void>): Promise<void> => {
    const server = running;
    running = undefined;
    if (server) await how(server);
  };
  return {
    address: `127.0.0.1:${port}`,
    async start() {
      running = await launch([folder, String(port), join(folder, 'temporal.db')]);
    },
    kill: () =>
      end(async ({ pid, end: keeper }) => {
        process.kill(-pid, 'SIGKILL');
        await keeper('SIGTERM');
      }),
    stop: () => end(({ end: keeper }) => keeper('SIGTERM')),
  };
}

/** The keeper of the server is a process of its own: the server goes when the keeper goes, also with this process. */
async function launch(args: readonly string[]) {
  const keeper = spawn(process.execPath, [programPath('temporal.mjs'), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(keeper, 'close');
  const lines = createInterface({ input: keeper.stdout });
  const said = await Promise.race([once(lines, 'line'), ended.then(() => undefined)]);
  if (said === undefined) throw new Error('Temporal did not start');
  const { pid } = JSON.parse(String(said[0])) as { readonly pid: number };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    keeper.kill(signal);
    await ended;
  };
  return { pid, end };
}
