import type { Command } from 'commander';
import type { CliConfig } from '../config.js';
import { examineMongodb } from '../doctor/mongodb.js';
import { examinePlugins } from '../doctor/plugins.js';
import type { Finding } from '../doctor/finding.js';
import { examineTemporal } from '../doctor/temporal.js';
import { wordsOf } from '../explained.js';
import { print } from '../output/print.js';

const SOMETHING_IS_WRONG = 1;

interface Options {
  readonly online?: boolean;
  readonly live?: boolean;
  readonly json?: boolean;
}

/** payonce doctor. */
export function addDoctor(program: Command, config: () => CliConfig): void {
  program
    .command('doctor')
    .description(
      'say what is wrong with the configuration and, with --online, with what it names; exit code 1 when something is',
    )
    .option('--online', 'ask MongoDB and Temporal as well')
    .option('--live', 'with --online: expect a worker for live mode')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const findings = await examine(config, options);
      print({ json: options.json, data: findings, text: findings.map(textOf).join('\n') });
      if (findings.some(({ problems }) => problems.length > 0)) process.exitCode = SOMETHING_IS_WRONG;
    });
}

async function examine(config: () => CliConfig, { online, live = false }: Options): Promise<readonly Finding[]> {
  const name = 'configuration';
  let settings: CliConfig;
  try {
    settings = config();
  } catch (thrown) {
    return [{ name, problems: wordsOf(thrown).split('\n'), note: '' }];
  }
  const offline = [examinePlugins(settings)];
  const asked = online === true ? [examineMongodb(settings), examineTemporal(settings, { live })] : [];
  const isFine = { name, problems: [], note: `for ${settings.PAYONCE_ENV}` };
  return [isFine, ...(await Promise.all([...offline, ...asked]))];
}

const textOf = ({ name, problems, note }: Finding): string =>
  problems.length === 0
    ? `✓ ${name.padEnd(14)} ${note}`
    : [`✗ ${name}${note === '' ? '' : ` (${note})`}`, ...problems.map((problem) => `    ${problem}`)].join('\n');
