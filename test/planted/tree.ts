import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const CONFIGURATION = [
  '.dependency-cruiser.mjs',
  '.gitignore',
  '.oxfmtrc.json',
  '.oxlintrc.json',
  'knip.json',
  'package.json',
  'pnpm-workspace.yaml',
  'tsconfig.base.json',
  'tsconfig.json',
  'tsconfig.test.json',
];

/** How a command ended, and what it printed. */
interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** The repository's configuration around sources of the test's own. */
export interface Tree {
  readonly path: string;
  write(files: Readonly<Record<string, string>>): void;
  read(file: string): string;
  /** Runs a tool of node_modules/.bin in the tree. */
  run(tool: string, args: readonly string[]): Ran;
  /** Runs a script of scripts/checks in the tree. */
  check(script: string, args?: readonly string[]): Ran;
  remove(): void;
}

const packageFolders = (): string[] =>
  ['packages', 'packages/plugins']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
    .filter((folder) => existsSync(join(root, folder, 'package.json')));

/** Links every dependency to where it really is, and the packages of the workspace to those of the tree. */
function linkDependencies({
  from,
  to,
  tree,
}: {
  readonly from: string;
  readonly to: string;
  readonly tree: string;
}): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name.startsWith('.') && name !== '.bin') continue;
    const source = join(from, name);
    if (name.startsWith('@') && lstatSync(source).isDirectory()) {
      linkDependencies({ from: source, to: join(to, name), tree });
      continue;
    }
    const real = realpathSync(source);
    const inside = relative(join(root, 'packages'), real);
    symlinkSync(inside.startsWith('..') ? real : join(tree, 'packages', inside), join(to, name));
  }
}

/** Lays out a tree in a temporary folder: configuration, manifests and dependencies of the real one, no sources. */
export function plantTree(): Tree {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'payonce-planted-')));
  for (const name of CONFIGURATION) copyFileSync(join(root, name), join(path, name));
  cpSync(join(root, 'scripts/checks'), join(path, 'scripts/checks'), { recursive: true });
  linkDependencies({ from: join(root, 'node_modules'), to: join(path, 'node_modules'), tree: path });
  for (const folder of packageFolders()) {
    mkdirSync(join(path, folder), { recursive: true });
    for (const name of ['package.json', 'tsconfig.json'])
      copyFileSync(join(root, folder, name), join(path, folder, name));
    const from = join(root, folder, 'node_modules');
    if (existsSync(from)) linkDependencies({ from, to: join(path, folder, 'node_modules'), tree: path });
  }
  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    }
  };
  const spawned = (command: string, args: readonly string[]): Ran => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: path,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: status, output: stdout === '' ? stderr : stdout };
  };
  const run = (tool: string, args: readonly string[]): Ran => spawned(join(root, 'node_modules', '.bin', tool), args);
  const check = (script: string, args: readonly string[] = []): Ran =>
    spawned(process.execPath, [`scripts/checks/${script}.mjs`, ...args]);
  const read = (file: string): string => readFileSync(join(path, file), 'utf8');
  return { path, write, read, run, check, remove: () => rmSync(path, { recursive: true, force: true }) };
}
