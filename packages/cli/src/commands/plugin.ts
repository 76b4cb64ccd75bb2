import { Argument } from 'commander';
import type { Command } from 'commander';
import type { Environment } from '../dev/stack.js';
import { farewell } from '../plugin/farewell.js';
import { writeNewPlugin } from '../plugin/new-plugin.js';
import { PLUGIN_KINDS } from '../plugin/plugin-name.js';
import type { PluginKind } from '../plugin/plugin-name.js';
import { print } from '../output/print.js';

interface Options {
  readonly dir?: string;
  readonly sdk?: string;
  readonly json?: boolean;
}

/** payonce plugin new. */
export function addPlugin(program: Command, environment: Environment): void {
  const plugin = program.command('plugin').description('plugins of your own');
  plugin
    .command('new')
    .description('write a package with a small plugin that works, its tests and the conformance kit')
    .addArgument(new Argument('<kind>', 'what it does').choices(PLUGIN_KINDS))
    .argument('<name>', 'such as gift-cards or @acme/gift-cards')
    .option('--dir <folder>', 'where to write it; must not be there yet')
    .option('--sdk <version or path>', 'version, tarball or folder of @payonce/plugin-sdk')
    .option('--json', 'print JSON')
    .action((kind: PluginKind, name: string, { json, ...options }: Options) => {
      // npm runs its scripts in the folder of the package, and says here where the caller stood.
      const at = environment['INIT_CWD'] ?? process.cwd();
      const written = writeNewPlugin({ kind, name, at, ...options });
      const { folder, files } = written;
      const data = { folder, files, package: written.name.package, exports: written.name.identifier };
      print({ json, data, text: farewell({ ...written, at }) });
    });
}
