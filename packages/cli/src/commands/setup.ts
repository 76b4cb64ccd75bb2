import type { Command } from 'commander';
import type { CliConfig } from '../config.js';
import { print } from '../output/print.js';
import type { KeyWish } from '../setup/first-key.js';
import { setUp } from '../setup/set-up.js';
import type { SetUp } from '../setup/set-up.js';

interface Options {
  readonly printKey?: boolean;
  readonly keyFile?: string;
  readonly json?: boolean;
}

/** payonce setup. */
export function addSetup(program: Command, config: () => CliConfig): void {
  program
    .command('setup')
    .description('make namespace, search attributes, indexes, the first business and a test key; harmless to repeat')
    .option('--print-key', 'issue a test key if there is none and print it, also outside development')
    .option('--key-file <path>', 'keep a test key that works in this file, readable by its owner alone')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const settings = config();
      const done = await setUp({ config: settings, wish: wishOf(options, settings) });
      print({ json: options.json, data: toJson(done, options), text: textOf(done, options) });
    });
}

function wishOf({ printKey, keyFile }: Options, { PAYONCE_ENV: environment }: CliConfig): KeyWish {
  if (keyFile !== undefined) return { kind: 'file', path: keyFile };
  return { kind: printKey === true || environment === 'development' ? 'first' : 'none' };
}

const toJson = ({ namespace, searchAttributesAdded, business, businessMade, key }: SetUp, { keyFile }: Options) => ({
  namespace,
  search_attributes_added: searchAttributesAdded,
  business: { id: business.id, name: business.name, made: businessMade },
  key: key === undefined ? null : keyFile === undefined ? { key: key.key } : { file: keyFile, made: key.made },
});

const textOf = (done: SetUp, options: Options): string =>
  [
    `namespace          ${done.namespace.name}: ${namespaceText(done.namespace)}`,
    `search attributes  ${done.searchAttributesAdded.length === 0 ? 'all there' : `added ${done.searchAttributesAdded.join(', ')}`}`,
    'indexes            all there',
    `business           ${done.business.id} "${done.business.name}"${done.businessMade ? ' (made)' : ''}`,
    ...keyLines(done, options),
  ].join('\n');

const namespaceText = ({ change, retentionDays }: SetUp['namespace']): string =>
  `${change === 'none' ? 'there' : change}, keeps closed purchases for ${retentionDays} days`;

function keyLines({ key }: SetUp, { keyFile }: Options): readonly string[] {
  if (key === undefined) return [];
  if (keyFile !== undefined) return [`test key           in ${keyFile}${key.made ? ' (made)' : ''}`];
  return [`test key           ${key.key}`, '                   Keep it now: it cannot be shown again.'];
}
