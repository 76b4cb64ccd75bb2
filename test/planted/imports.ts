/** A file that breaks one rule of .dependency-cruiser.mjs by what it imports. */
interface ForbiddenImport {
  readonly rule: string;
  readonly file: string;
  readonly imports: string;
}

const engine = 'packages/engine/src';

const doors = Object.fromEntries(
  [
    ...['activities', 'adapters', 'client', 'domain', 'messages', 'plugins', 'ports', 'store', 'workflows'].map(
      (name) => `${engine}/${name}/index.ts`,
    ),
    `${engine}/plugins/registry.ts`,
    ...['index.ts', ...['http', 'json-schema', 'schemas', 'testing', 'zod'].map((name) => `${name}/index.ts`)].map(
      (name) => `packages/plugins/sdk/src/${name}`,
    ),
    ...['tax-table', 'fulfillment-files', 'bundled'].map((name) => `packages/plugins/${name}/src/index.ts`),
    ...['api', 'cli', 'sandbox', 'worker'].map((name) => `packages/${name}/src/index.ts`),
    'packages/api/src/some.test.ts',
    'test/help.ts',
    'bench/help.ts',
  ].map((path) => [path, "export const door = 'open';\n"]),
);

/** The rooms, each with a door: what the planted imports point at. */
export const rooms: Readonly<Record<string, string>> = {
  ...doors,
  'packages/sandbox/src/round.ts': "export * from './round-again.js';\n",
};

export const forbiddenImports: readonly ForbiddenImport[] = [
  { rule: 'plugin-sdk-root', file: 'packages/plugins/sdk/src/a.ts', imports: 'zod' },
  { rule: 'plugin-sdk-root', file: 'packages/plugins/sdk/src/b.ts', imports: './schemas/index.js' },
  { rule: 'plugin-sdk-root', file: 'packages/plugins/sdk/src/c.ts', imports: 'node:crypto' },
  { rule: 'plugin-sdk-schemas-and-testing', file: 'packages/plugins/sdk/src/schemas/a.ts', imports: 'node:fs' },
  { rule: 'plugin-sdk-schemas-and-testing', file: 'packages/plugins/sdk/src/testing/a.ts', imports: '@jest/globals' },
  { rule: 'plugin-sdk-http', file: 'packages/plugins/sdk/src/http/a.ts', imports: 'zod' },
  { rule: 'plugin-sdk-zod', file: 'packages/plugins/sdk/src/zod/a.ts', imports: 'node:crypto' },
  { rule: 'plugin-sdk-json-schema', file: 'packages/plugins/sdk/src/json-schema/a.ts', imports: '../zod/index.js' },
  { rule: 'engine-domain', file: `${engine}/domain/a.ts`, imports: 'node:crypto' },
  { rule: 'engine-domain', file: `${engine}/domain/b.ts`, imports: 'zod' },
  { rule: 'engine-domain', file: `${engine}/domain/c.ts`, imports: '../messages/index.js' },
  { rule: 'engine-domain', file: `${engine}/domain/d.ts`, imports: '@payonce/plugin-sdk/schemas' },
  { rule: 'engine-messages', file: `${engine}/messages/a.ts`, imports: '../ports/index.js' },
  { rule: 'engine-messages', file: `${engine}/messages/b.ts`, imports: '@temporalio/client' },
  { rule: 'engine-workflows', file: `${engine}/workflows/a.ts`, imports: '../activities/index.js' },
  { rule: 'engine-workflows', file: `${engine}/workflows/b.ts`, imports: '../plugins/index.js' },
  { rule: 'engine-workflows', file: `${engine}/workflows/c.ts`, imports: '@payonce/plugin-sdk' },
  { rule: 'engine-ports', file: `${engine}/ports/a.ts`, imports: 'mongodb' },
  { rule: 'engine-ports-sdk-types', file: `${engine}/ports/b.ts`, imports: '@payonce/plugin-sdk' },
  { rule: 'engine-plugins', file: `${engine}/plugins/a.ts`, imports: '../store/index.js' },
  { rule: 'engine-plugins', file: `${engine}/plugins/b.ts`, imports: 'mongodb' },
  { rule: 'container-in-one-file', file: `${engine}/plugins/c.ts`, imports: 'tsyringe' },
  { rule: 'container-in-one-file', file: `${engine}/plugins/d.ts`, imports: 'reflect-metadata' },
  { rule: 'engine-activities', file: `${engine}/activities/a.ts`, imports: '../store/index.js' },
  { rule: 'engine-activities', file: `${engine}/activities/b.ts`, imports: '../workflows/index.js' },
  { rule: 'engine-store', file: `${engine}/store/a.ts`, imports: '../plugins/index.js' },
  { rule: 'engine-store', file: `${engine}/store/b.ts`, imports: 'zod' },
  { rule: 'engine-adapters', file: `${engine}/adapters/a.ts`, imports: '../store/index.js' },
  { rule: 'engine-client', file: `${engine}/client/a.ts`, imports: '../store/index.js' },
  { rule: 'engine-client', file: `${engine}/client/b.ts`, imports: '../workflows/index.js' },
  { rule: 'engine', file: `${engine}/a.ts`, imports: '../../api/src/index.js' },
  { rule: 'engine', file: `${engine}/b.ts`, imports: '../../plugins/tax-table/src/index.js' },
  { rule: 'plugins', file: 'packages/plugins/tax-table/src/a.ts', imports: '../../../engine/src/domain/index.js' },
  { rule: 'plugins', file: 'packages/plugins/tax-table/src/b.ts', imports: '../../fulfillment-files/src/index.js' },
  { rule: 'plugins', file: 'packages/plugins/tax-table/src/c.ts', imports: '../../bundled/src/index.js' },
  { rule: 'bundled', file: 'packages/plugins/bundled/src/a.ts', imports: '../../../engine/src/domain/index.js' },
  { rule: 'sandbox', file: 'packages/sandbox/src/a.ts', imports: '../../engine/src/domain/index.js' },
  { rule: 'api', file: 'packages/api/src/a.ts', imports: '@payonce/engine/workflows' },
  { rule: 'api', file: 'packages/api/src/b.ts', imports: '@payonce/engine/activities' },
  { rule: 'api', file: 'packages/api/src/c.ts', imports: '../../worker/src/index.js' },
  { rule: 'cli', file: 'packages/cli/src/a.ts', imports: '@payonce/engine/workflows' },
  { rule: 'cli', file: 'packages/cli/src/b.ts', imports: '../../api/src/index.js' },
  { rule: 'worker', file: 'packages/worker/src/a.ts', imports: '../../api/src/index.js' },
  { rule: 'worker', file: 'packages/worker/src/b.ts', imports: '../../sandbox/src/index.js' },
  { rule: 'scripts', file: 'scripts/a.mjs', imports: 'mongodb' },
  { rule: 'scripts', file: 'scripts/b.mjs', imports: './fetch/a.mjs' },
  { rule: 'scripts', file: 'scripts/c.mjs', imports: './checks/clock-rule.mjs' },
  { rule: 'scripts-fetch', file: 'scripts/fetch/a.mjs', imports: 'mongodb' },
  { rule: 'scripts-checks', file: 'scripts/checks/a.mjs', imports: 'mongodb' },
  { rule: 'tests-imported-by-nothing', file: 'packages/api/src/d.ts', imports: './some.test.js' },
  { rule: 'tests-imported-by-nothing', file: 'packages/worker/src/c.ts', imports: '../../../test/help.js' },
  { rule: 'tests-imported-by-nothing', file: 'packages/worker/src/d.ts', imports: '../../../bench/help.js' },
  { rule: 'no-cycles', file: 'packages/sandbox/src/round-again.ts', imports: './round.js' },
  { rule: 'nothing-unresolvable', file: 'packages/sandbox/src/b.ts', imports: './nowhere.js' },
];

/** One file per room with everything that its row allows. */
export const allowedImports: Readonly<Record<string, readonly string[]>> = {
  'packages/plugins/sdk/src/schemas/good.ts': ['../index.js', 'zod'],
  'packages/plugins/sdk/src/testing/good.ts': ['../index.js', '../schemas/index.js', 'zod'],
  'packages/plugins/sdk/src/http/good.ts': ['../index.js', 'node:crypto'],
  'packages/plugins/sdk/src/zod/good.ts': ['../index.js', 'zod'],
  'packages/plugins/sdk/src/json-schema/good.ts': ['../index.js', 'zod', 'ajv', 'ajv-formats'],
  [`${engine}/domain/good.ts`]: ['@payonce/plugin-sdk'],
  [`${engine}/messages/good.ts`]: [
    '../domain/index.js',
    '@payonce/plugin-sdk',
    '@temporalio/workflow',
    '@temporalio/common',
  ],
  [`${engine}/workflows/good.ts`]: ['../messages/index.js', '../domain/index.js', '@temporalio/workflow'],
  [`${engine}/ports/good.ts`]: ['../domain/index.js'],
  [`${engine}/plugins/registry.ts`]: ['tsyringe', 'reflect-metadata', 'zod', '@payonce/plugin-sdk/schemas'],
  [`${engine}/activities/good.ts`]: ['../messages/index.js', '../plugins/index.js', '@temporalio/activity'],
  [`${engine}/store/good.ts`]: ['../domain/index.js', '../ports/index.js', 'mongodb'],
  [`${engine}/adapters/good.ts`]: ['../ports/index.js', 'node:crypto', 'undici'],
  [`${engine}/client/good.ts`]: ['../messages/index.js', '../ports/index.js', '@temporalio/client'],
  'packages/plugins/tax-table/src/good.ts': ['@payonce/plugin-sdk', 'zod', 'node:fs'],
  'packages/plugins/bundled/src/good.ts': ['@payonce/tax-table', '@payonce/fulfillment-files'],
  'packages/sandbox/src/good.ts': ['@payonce/plugin-sdk', 'express', 'node:http'],
  'packages/api/src/good.ts': ['@payonce/engine/client', '@payonce/engine/store', '@payonce/bundled', 'express'],
  'packages/cli/src/good.ts': ['@payonce/engine/client', '@payonce/bundled', 'commander'],
  'packages/worker/src/good.ts': ['@payonce/engine/activities', '@payonce/bundled', '@temporalio/worker'],
  'packages/api/src/good.test.ts': ['../../worker/src/index.js', '../../../test/help.js', '@payonce/engine/workflows'],
};

/** Source text that imports these modules for their values. */
export const importing = (specifiers: readonly string[]): string =>
  specifiers.map((specifier, at) => `import * as module${at} from '${specifier}';\n`).join('') +
  `export const used = [${specifiers.map((_, at) => `module${at}`).join(', ')}];\n`;
