import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The environment variables through which tests are told where their servers are. */
export const variables = {
  temporal: 'PAYONCE_TEST_TEMPORAL_ADDRESS',
  timeSkipping: 'PAYONCE_TEST_TIMESKIPPING_EXECUTABLE',
  mongodb: 'PAYONCE_TEST_MONGODB_URI',
  bundle: 'PAYONCE_TEST_WORKFLOW_BUNDLE',
  stripeMock: 'PAYONCE_TEST_STRIPE_MOCK_EXECUTABLE',
};

const RELATIVE_IMPORT = /(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;

function fileOf({ from, specifier }) {
  const path = resolve(dirname(from), specifier);
  const base = path.replace(/\.js$/, '');
  return [`${base}.ts`, `${base}.tsx`, path].find((candidate) => existsSync(candidate));
}

/** Which servers these test files need: those whose variable is named in one of them or in a file it imports. */
export function needsOf({ files }) {
  const needs = new Set();
  const queue = [...files];
  const seen = new Set(queue);
  for (let path = queue.pop(); path; path = queue.pop()) {
    const text = readFileSync(path, 'utf8');
    for (const [need, variable] of Object.entries(variables)) if (text.includes(variable)) needs.add(need);
    for (const [, specifier] of text.matchAll(RELATIVE_IMPORT)) {
      const next = fileOf({ from: path, specifier });
      if (next && !seen.has(next)) queue.push(next);
      if (next) seen.add(next);
    }
  }
  return needs;
}

function testFilesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return testFilesBelow(path);
    return /\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** The test files that jest is about to run, or more of them when its selection is not by path. */
export function selectedTests({ rootDir, testPathPatterns: { patterns } }) {
  const all = ['packages', 'test'].flatMap((folder) => testFilesBelow(join(rootDir, folder)));
  if (patterns.length === 0) return all;
  const expressions = patterns.map((pattern) => new RegExp(pattern, 'i'));
  return all.filter((path) => expressions.some((expression) => expression.test(path)));
}
