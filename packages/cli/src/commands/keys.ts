import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { Mode } from '@payonce/plugin-sdk';
import type { ApiKey } from '@payonce/engine/ports';
import type { CliConfig } from '../config.js';
import { withRecords } from '../connections/shop.js';
import type { Records } from '../connections/records.js';
import { Explained } from '../explained.js';
import { print } from '../output/print.js';
import { table } from '../output/table.js';
import { firstBusiness } from '../setup/business.js';
import { issueKey } from '../setup/keys.js';

const MODES = ['test', 'live'] as const;
/** Enough of a key's hash to name it; a hash opens nothing. */
const HASH_LENGTH = 10;

const modeOption = () => new Option('--mode <mode>', 'test or live').choices(MODES);

/** payonce keys create, list and revoke. */
export function addKeys(program: Command, config: () => CliConfig): void {
  const keys = program
    .command('keys')
    .description('secret keys of the API, for merchants and for fulfillment providers');
  keys
    .command('create')
    .description('issue a key and print it, once')
    .addOption(modeOption().default('test'))
    .option('--name <name>', 'what it is for', 'unnamed')
    .option('--provider <id>', 'of this fulfillment provider: opens its grants and nothing else', providerId)
    .option('--json', 'print JSON')
    .action((options: CreateOptions) => withRecords(config(), (records) => create(records, options)));
  keys
    .command('list')
    .description('show keys by id, name and last digits')
    .addOption(modeOption())
    .option('--json', 'print JSON')
    .action((options: ListOptions) => withRecords(config(), (records) => list(records, options)));
  keys
    .command('revoke')
    .description('end a key at once, by the id that keys list shows, or by the key itself')
    .argument('<key>')
    .action((named: string) => withRecords(config(), (records) => revoke(records, named)));
}

interface ListOptions {
  readonly mode?: Mode;
  readonly json?: boolean;
}

interface CreateOptions extends ListOptions {
  readonly mode: Mode;
  readonly name: string;
  readonly provider?: string;
}

function providerId(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(text)) return text;
  throw new InvalidArgumentError("Provider ids are like 'acme-seats': see the configuration of plugins.");
}

async function create(records: Records, { mode, name, provider, json }: CreateOptions): Promise<void> {
  const { id: business } = await firstBusiness(records);
  const key = await issueKey(records, { business, mode, name, ...(provider !== undefined && { provider }) });
  print({
    json,
    data: { mode, name, provider: provider ?? null, key },
    text: `${key}\n\nKeep it now: it cannot be shown again.`,
  });
}

async function list(records: Records, { mode, json }: ListOptions): Promise<void> {
  const keys = await allKeys(records, mode === undefined ? MODES : [mode]);
  const data = keys.map((key) => ({
    id: idOf(key),
    mode: key.mode,
    name: key.name,
    provider: key.provider ?? null,
    last4: key.last4,
    created_at: key.createdAt,
    revoked_at: key.revokedAt,
  }));
  const rows = data.map((key) => [
    key.id,
    key.mode,
    `…${key.last4}`,
    key.created_at.toISOString(),
    key.revoked_at === null ? 'works' : `revoked ${key.revoked_at.toISOString()}`,
    key.provider ?? '-',
    key.name,
  ]);
  print({ json, data, text: table({ headings: ['ID', 'MODE', 'KEY', 'ISSUED', 'STATE', 'PROVIDER', 'NAME'], rows }) });
}

async function revoke(records: Records, named: string): Promise<void> {
  const key = await findKey(records, named);
  const changed = await records.stores.businesses.revokeKey({ hash: key.hash, at: new Date() });
  console.log(
    changed
      ? `${idOf(key)} "${key.name}" (…${key.last4}) is revoked.`
      : `${idOf(key)} "${key.name}" was revoked before.`,
  );
}

async function findKey(records: Records, named: string): Promise<ApiKey> {
  const hash = records.secrets.hash(named);
  const found = (await allKeys(records, MODES)).filter((key) => key.hash === hash || idOf(key) === named);
  const [key] = found;
  if (key === undefined || found.length > 1)
    throw new Explained('There is no such key: payonce keys list shows the ids of all.');
  return key;
}

async function allKeys(records: Records, modes: readonly Mode[]): Promise<readonly ApiKey[]> {
  const { id: business } = await firstBusiness(records);
  const lists = await Promise.all(modes.map((mode) => records.stores.businesses.listKeys({ business, mode })));
  return lists.flat();
}

/** The prefix also keeps an id from starting with a dash, which a shell command would take for an option. */
const idOf = ({ hash }: ApiKey): string => `key_${hash.slice(0, HASH_LENGTH)}`;
