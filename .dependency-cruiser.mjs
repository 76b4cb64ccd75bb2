/** Who may import whom: the table "Which way the arrows point" of the architecture page, row by row. */

const TESTS = ['\\.test\\.tsx?$', '^test/', '^bench/'];

const room = (path) => `^packages/${path}`;
const library = (name) => `(^|/)node_modules/${name}/`;
const engine = (name) => room(`engine/src/${name}/`);

const sdkRoot = room('plugins/sdk/src/(?!http/|json-schema/|schemas/|testing/|zod/)');
const sdk = room('plugins/sdk/');
const bundled = room('plugins/bundled/');
const temporal = (name) => library(`@temporalio/${name}`);
const anyLibrary = '(^|/)node_modules/';

/** Everything in `from`, tests apart, may import itself and what `may` lists. `node` opens the built-in modules. */
const row = ({ name, from, may, node = false, comment }) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: TESTS },
  to: {
    pathNot: [from, ...may],
    couldNotResolve: false,
    ...(node && { dependencyTypesNot: ['core'] }),
  },
});

const rows = [
  { name: 'plugin-sdk-root', from: sdkRoot, may: [] },
  {
    name: 'plugin-sdk-schemas-and-testing',
    from: room('plugins/sdk/src/(schemas|testing)/'),
    may: [sdkRoot, library('zod')],
  },
  { name: 'plugin-sdk-http', from: room('plugins/sdk/src/http/'), may: [sdkRoot], node: true },
  { name: 'plugin-sdk-zod', from: room('plugins/sdk/src/zod/'), may: [sdkRoot, library('zod')] },
  {
    name: 'plugin-sdk-json-schema',
    from: room('plugins/sdk/src/json-schema/'),
    may: [sdkRoot, library('zod'), library('ajv'), library('ajv-formats')],
  },
  { name: 'engine-domain', from: engine('domain'), may: [sdkRoot] },
  {
    name: 'engine-messages',
    from: engine('messages'),
    may: [engine('domain'), sdkRoot, temporal('workflow'), temporal('common')],
  },
  {
    name: 'engine-workflows',
    from: engine('workflows'),
    may: [engine('messages'), engine('domain'), temporal('workflow')],
  },
  { name: 'engine-ports', from: engine('ports'), may: [engine('domain'), sdkRoot] },
  {
    name: 'engine-plugins',
    from: engine('plugins'),
    may: [engine('domain'), engine('ports'), sdk, library('zod'), library('tsyringe'), library('reflect-metadata')],
  },
  {
    name: 'engine-activities',
    from: engine('activities'),
    may: [
      engine('domain'),
      engine('messages'),
      engine('ports'),
      engine('plugins'),
      temporal('activity'),
      temporal('common'),
    ],
  },
  { name: 'engine-store', from: engine('store'), may: [engine('domain'), engine('ports'), library('mongodb')] },
  {
    name: 'engine-adapters',
    from: engine('adapters'),
    may: [engine('domain'), engine('ports'), anyLibrary],
    node: true,
  },
  {
    name: 'engine-client',
    from: engine('client'),
    may: [engine('domain'), engine('messages'), engine('ports'), temporal('client')],
  },
  { name: 'engine', from: room('engine/'), may: [sdk, anyLibrary], node: true },
  { name: 'sandbox', from: room('sandbox/'), may: [sdk, anyLibrary], node: true },
  ...['api', 'cli'].map((name) => ({
    name,
    from: room(`${name}/`),
    may: [engine('(client|ports|store|adapters|plugins|domain)'), bundled, sdk, anyLibrary],
    node: true,
  })),
  { name: 'worker', from: room('worker/'), may: [room('engine/'), bundled, sdk, anyLibrary], node: true },
  {
    name: 'scripts',
    from: '^scripts/(?!fetch/|checks/)',
    may: [],
    node: true,
    comment: 'They run before anything is installed.',
  },
  {
    name: 'scripts-fetch',
    from: '^scripts/fetch/',
    may: [temporal('testing'), library('mongodb-memory-server-core')],
    node: true,
    comment: 'Processes of their own that run after the install: the libraries download their servers.',
  },
  {
    name: 'scripts-checks',
    from: '^scripts/checks/',
    may: [library('@arethetypeswrong/core'), library('@microsoft/api-extractor'), library('publint')],
    node: true,
    comment: 'Processes of their own that run after the install: the libraries look at packages.',
  },
];

export default {
  forbidden: [
    ...rows.map(row),
    {
      name: 'engine-ports-sdk-types',
      comment: 'Ports promise; they hold no values.',
      severity: 'error',
      from: { path: engine('ports'), pathNot: TESTS },
      to: { path: sdk, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'container-in-one-file',
      comment: 'Nobody asks a container: engine/plugins/registry.ts is the only file that knows one.',
      severity: 'error',
      from: { pathNot: [...TESTS, room('engine/src/plugins/registry\\.ts$')] },
      to: { path: [library('tsyringe'), library('reflect-metadata')] },
    },
    {
      name: 'plugins',
      comment: 'A plugin knows the contract and its own libraries.',
      severity: 'error',
      from: { path: room('plugins/(?!sdk/|bundled/)([^/]+)/'), pathNot: TESTS },
      to: { path: '^(packages|examples|scripts)/', pathNot: [sdk, room('plugins/$1/')] },
    },
    {
      name: 'bundled',
      comment: 'The list of the plugins shipped by default, and no more.',
      severity: 'error',
      from: { path: bundled, pathNot: TESTS },
      to: { path: '^(packages|examples|scripts)/', pathNot: room('plugins/') },
    },
    {
      name: 'tests-imported-by-nothing',
      severity: 'error',
      from: { pathNot: TESTS },
      to: { path: TESTS },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['^(packages|packages/plugins|examples)/[^/]+/dist/', '^coverage/', '^\\.payonce/'] },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@payonce/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
