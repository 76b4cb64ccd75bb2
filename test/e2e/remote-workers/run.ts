import { spawn } from 'node:child_process';
import { createSecrets } from '@payonce/engine/adapters';
import type { Scope } from '@payonce/engine/domain';
import { issueKey } from '../../../packages/cli/src/setup/keys.js';
import { eventually } from '../../support/eventually.js';
import type { Environment } from '../environment.js';
import type { WholeSystem } from '../whole-system.js';

/** What \`payonce keys create --provider\` prints. */
export const providerKey = ({
  system: { stores },
  environment,
  business,
  provider,
}: {
  readonly system: WholeSystem;
  readonly environment: Environment;
  readonly business: Scope['business'];
  readonly provider: string;
}): Promise<string> =>
  issueKey(
    { stores, secrets: createSecrets({ key: environment.PAYONCE_SECRET }) },
    { business, mode: 'test', name: provider, provider },
  );

/** A worker in a process of its own, written by somebody else. */
export interface ForeignWorker {
  /** What it said so far, by line. */
  said(): readonly string[];
  stop(): Promise<void>;
}

/** Starts it, and waits until it says that it works. */
export async function runForeignWorker({
  command,
  environment,
}: {
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
}): Promise<ForeignWorker> {
  const [program, ...args] = command;
  const child = spawn(program, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  const words = { out: '', problems: '' };
  child.stdout.on('data', (chunk: Buffer) => (words.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (words.problems += chunk.toString()));
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  const said = () => words.out.split('\n').filter((line) => line !== '');
  const stop = async () => {
    child.kill('SIGTERM');
    const giveUp = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(giveUp);
  };
  try {
    await eventually(async () => said().includes('working'));
  } catch {
    await stop();
    throw new Error(`${program} does not work: ${words.problems}`);
  }
  return { said, stop };
}
