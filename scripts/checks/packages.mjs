import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { filterProblems, problemKindInfo } from '@arethetypeswrong/core/problems';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/**
 * Packs every package that is published, or the folders that are named, in the repository that the current folder is the root of, and looks at the tarballs as who installs
 * them will.
 */
const PLUGINS = 'packages/plugins';
/** The packages are modules only: who requires them needs a Node that requires modules, which all that we support do. */
const RESOLUTIONS = ['node16-esm', 'bundler'];

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const { packageManager } = read('package.json');
const chosen = process.argv.slice(2);
const folders = readdirSync(PLUGINS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const published = (chosen.length > 0 ? chosen : folders.map(({ name }) => `${PLUGINS}/${name}`)).filter(
  (folder) => read(`${folder}/package.json`).private !== true,
);

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) console.log(`${stdout ?? ''}${stderr ?? ''}`);
  return status === 0;
}

function pack(into) {
  const filters = published.flatMap((path) => ['--filter', `./${path}`]);
  const packing = ['--recursive', ...filters, 'pack', '--pack-destination', into];
  return (
    run('node_modules/.bin/tsc', ['-b', ...published]) &&
    run('npm', ['exec', '--yes', packageManager, '--', ...packing])
  );
}

async function problemsOf(tarball) {
  const bytes = readFileSync(tarball);
  const { messages, pkg } = await publint({
    pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) },
    level: 'warning',
  });
  const analysis = await checkPackage(createPackageFromTarballData(bytes));
  const typed = analysis.types === false ? ['has no types'] : typeProblems(analysis);
  const linted = messages.map((message) => formatMessage(message, pkg, { color: false }));
  return { name: pkg.name, problems: [...linted, ...typed, ...sourceProblems(pkg)] };
}

/** Sources stay at home: a condition that names them would send who sets it to files that are not there. */
const sourceProblems = ({ exports }) =>
  JSON.stringify(exports).includes('@payonce/source') ? ['exports sources under @payonce/source'] : [];

const typeProblems = (analysis) =>
  RESOLUTIONS.flatMap((resolutionKind) =>
    filterProblems(analysis, { resolutionKind }).map(
      ({ kind, entrypoint }) =>
        `${entrypoint ?? 'types'} under ${resolutionKind}: ${problemKindInfo[kind].shortDescription}`,
    ),
  );

const folder = mkdtempSync(join(tmpdir(), 'payonce-packed-'));
try {
  const isPacked = pack(folder);
  const results = await Promise.all(readdirSync(folder).map((tarball) => problemsOf(join(folder, tarball))));
  const lines = results.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`));
  for (const line of lines) console.log(line);
  console.log(`${results.length} of ${published.length} packages packed, ${lines.length} problems`);
  if (!isPacked || lines.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
