import type { Command } from 'commander';
import type { CliConfig } from '../config.js';
import { withShop } from '../connections/shop.js';
import { Explained } from '../explained.js';
import { ago } from '../output/durations.js';
import { print } from '../output/print.js';
import { table } from '../output/table.js';
import { findStuck } from '../purchases/stuck.js';
import type { Stuck } from '../purchases/stuck-entry.js';

const SOMETHING_IS_STUCK = 1;

interface Options {
  readonly days: string;
  readonly json?: boolean;
}

/** payonce stuck. */
export function addStuck(program: Command, config: () => CliConfig): void {
  program
    .command('stuck')
    .description('what needs a person, with the command to type; exit code 1 when there is something, 2 on errors')
    .option('--days <days>', 'how far back records are compared with workflows', '30')
    .option('--json', 'print JSON')
    .action(async ({ days, json }: Options) => {
      const now = new Date();
      const found = await withShop(config(), (shop) => findStuck(shop, { now, days: wholeDays(days) }));
      print({ json, data: found, text: found.length === 0 ? 'Nothing is stuck.' : textOf(found, now) });
      if (found.length > 0) process.exitCode = SOMETHING_IS_STUCK;
    });
}

function wholeDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 3650)
    throw new Explained(`--days ${text}: is a number from 1 to 3650`);
  return days;
}

/** One line per entry, and below it what to do: commands stay whole, to be copied. */
function textOf(found: readonly Stuck[], now: Date): string {
  const rows = found.map(({ object, since, what }) => [object, ago(since, now), what]);
  const [headings = '', ...lines] = table({ headings: ['WHAT', 'SINCE', 'WHY'], rows }).split('\n');
  const entries = lines.map((line, index) => `${line}\n  → ${found[index]?.todo ?? ''}`);
  return [headings, ...entries, '', `${found.length} ${found.length === 1 ? 'thing is' : 'things are'} stuck.`].join(
    '\n',
  );
}
