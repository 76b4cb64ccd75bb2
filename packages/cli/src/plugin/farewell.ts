import { relative } from 'node:path';
import type { WrittenPlugin } from './new-plugin.js';
import type { PluginKind } from './plugin-name.js';

/** What a configuration passes to a plugin as the template writes it. */
const OPTIONS = {
  tax: `{ name: 'GST', rate: '10/100', countries: ['AU'] }`,
  fulfillment: '',
  processor: `{ mode: 'test', origin: 'https://api.acme.example', secretKey: process.env.ACME_KEY, webhookSecret: process.env.ACME_WEBHOOK_SECRET }`,
} as const satisfies Record<PluginKind, string>;

const ROUTE = {
  tax: (id: string) => `routes.tax: '${id}'`,
  fulfillment: (id: string) => `an entitlement names '${id}' as its provider`,
  processor: (id: string) => `routes.processor.test: '${id}'`,
} as const satisfies Record<PluginKind, (id: string) => string>;

/** What was written, and what to do with it. */
export function farewell({
  kind,
  name,
  folder,
  files,
  workspace,
  at,
}: WrittenPlugin & { readonly at: string }): string {
  const place = relative(at, folder) || folder;
  const install =
    workspace === undefined
      ? [`  cd ${place}`, '  npm install']
      : [`  npm exec --yes ${workspace.packageManager} -- install`, `  cd ${place}`];
  return [
    `${place} is a ${kind} plugin that works:`,
    ...files.map((file) => `  ${file}`),
    '',
    'Install, build, and run its tests with the conformance kit:',
    ...install,
    '  npm test',
    '',
    'Then list it in payonce.config.mjs, and check with: payonce doctor',
    `  import { ${name.identifier} } from '${name.package}';`,
    `  plugins: [${name.identifier}(${OPTIONS[kind]})]`,
    `  // ${ROUTE[kind](name.id)}`,
  ].join('\n');
}
