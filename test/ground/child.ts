import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** A script of test/ground/fixtures at work in a process of its own. */
export interface Child {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  /** Resolves to the first line on stdout that matches; rejects when the process ends before. */
  line(pattern: RegExp): Promise<string>;
  /** Resolves when the process has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** Runs a fixture with Node. Pass `env` to replace the whole environment. */
export function runFixture({
  name,
  args,
  env = process.env,
}: {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}): Child {
  const path = fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const seen = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (seen.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (seen.stderr += chunk.toString()));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, ...seen }));
  });
  const line = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = seen.stdout.split('\n').find((text) => pattern.test(text));
        if (found !== undefined) resolve(found);
      };
      child.stdout.on('data', look);
      look();
      child.on('close', () => reject(new Error(`${name} ended: ${seen.stdout}${seen.stderr}`)));
    });
  return { process: child, line, ended };
}
