import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

/**
 * Compares what plugin authors may import with the reports in packages/plugins/sdk/api, and looks for exports and members without a docstring; in the repository that the
 * current folder is the root of. `--write` brings the reports up to date.
 */
const SDK = resolve('packages/plugins/sdk');
const REPORTS = join(SDK, 'api');
const isWriting = process.argv.includes('--write');

const { exports } = JSON.parse(readFileSync(join(SDK, 'package.json'), 'utf8'));
const entries = Object.entries(exports).map(([path, { types }]) => ({
  name: `plugin-sdk${path.slice(1).replaceAll('/', '-')}`,
  types: join(SDK, types),
}));

const silent = { default: { logLevel: 'none' } };
const complaint = { logLevel: 'error', addToApiReportFile: false };

const configured = ({ name, types }) =>
  ExtractorConfig.prepare({
    configObjectFullPath: join(SDK, 'api-extractor.json'),
    packageJsonFullPath: join(SDK, 'package.json'),
    configObject: {
      projectFolder: SDK,
      mainEntryPointFilePath: types,
      newlineKind: 'lf',
      compiler: { tsconfigFilePath: join(SDK, 'tsconfig.json') },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: REPORTS,
        reportTempFolder: join(SDK, 'dist/api'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: {
          default: { logLevel: 'error' },
          'ae-undocumented': complaint,
          'ae-forgotten-export': complaint,
          'ae-unresolved-link': { logLevel: 'none' },
          'ae-missing-release-tag': { logLevel: 'none' },
        },
        tsdocMessageReporting: silent,
      },
    },
  });

const reportOf = (name) => {
  const path = join(REPORTS, `${name}.api.md`);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};

/** What another entry point takes from the root is exported there. */
function isExportedByRoot({ messageId, text }, name) {
  const symbol = messageId === 'ae-forgotten-export' ? /symbol "(\w+)"/.exec(text)?.[1] : undefined;
  const [root] = entries;
  return (
    symbol !== undefined && name !== root.name && new RegExp(`^export .*\\b${symbol}\\b`, 'm').test(reportOf(root.name))
  );
}

function examine(entry) {
  const problems = [];
  const messageCallback = (message) => {
    message.handled = true;
    const { logLevel, sourceFilePath, sourceFileLine, text } = message;
    if (logLevel !== ExtractorLogLevel.Error || isExportedByRoot(message, entry.name)) return;
    const place = sourceFilePath === undefined ? entry.name : `${relative('.', sourceFilePath)}:${sourceFileLine}`;
    problems.push(`${place}: ${text}`);
  };
  const { apiReportChanged } = Extractor.invoke(configured(entry), { localBuild: isWriting, messageCallback });
  if (apiReportChanged && !isWriting)
    problems.push(`${entry.name}: the public surface is not what api/${entry.name}.api.md says`);
  return problems;
}

const compiled = spawnSync('node_modules/.bin/tsc', ['-b', SDK], { encoding: 'utf8' });
if (compiled.status !== 0) console.log(compiled.stdout);
mkdirSync(REPORTS, { recursive: true });
const problems = [...new Set(entries.flatMap(examine))];
for (const problem of problems) console.log(problem);
if (compiled.status !== 0 || problems.length > 0) process.exitCode = 1;
