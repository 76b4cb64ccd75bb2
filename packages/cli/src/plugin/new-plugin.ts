import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Explained, hasCode } from '../explained.js';
import { defaultParent, findCheckout, isInWorkspace } from './checkout.js';
import type { Checkout } from './checkout.js';
import { pluginManifest, sdkSource } from './manifest.js';
import { pluginName } from './plugin-name.js';
import type { PluginKind, PluginName } from './plugin-name.js';
import { templateFiles } from './template.js';
import type { NewFile } from './template.js';

/** What is asked for. */
export interface NewPlugin {
  readonly kind: PluginKind;
  readonly name: string;
  /** Where the caller stands: relative paths count from here. */
  readonly at: string;
  /** The folder of the package; left out, one with the plugin's name. */
  readonly dir?: string;
  /** A version, tarball or folder of the contract. */
  readonly sdk?: string;
}

/** What was written. */
export interface WrittenPlugin {
  readonly kind: PluginKind;
  readonly name: PluginName;
  readonly folder: string;
  /** From the folder, in order. */
  readonly files: readonly string[];
  /** Set when it became a package of a checkout's workspace. */
  readonly workspace: Checkout | undefined;
}

/** Writes the package of a new plugin into a folder that is not there yet, or nothing at all. */
export function writeNewPlugin({ kind, name: given, at, dir, sdk }: NewPlugin): WrittenPlugin {
  const name = pluginName({ kind, name: given });
  const checkout = findCheckout();
  const folder = dir === undefined ? join(defaultParent(at, checkout), name.id) : resolve(at, dir);
  const inWorkspace = isInWorkspace(folder, checkout);
  const source = sdkSource({ sdk, at, checkout, inWorkspace });
  const files = templateFiles({ kind, name }).map((file) =>
    file.path === 'package.json' ? { ...file, text: pluginManifest({ text: file.text, name, source }) } : file,
  );
  writeAll({ folder, at, files });
  const paths = files.map(({ path }) => path).toSorted();
  return { kind, name, folder, files: paths, workspace: inWorkspace ? checkout : undefined };
}

function writeAll({
  folder,
  at,
  files,
}: {
  readonly folder: string;
  readonly at: string;
  readonly files: readonly NewFile[];
}): void {
  mkdirSync(dirname(folder), { recursive: true });
  makeFolder(folder, at);
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text, { flag: 'wx' });
    }
  } catch (thrown) {
    rmSync(folder, { recursive: true, force: true });
    throw thrown;
  }
}

/** Of two commands that want the same folder one gets it. */
function makeFolder(folder: string, at: string): void {
  try {
    mkdirSync(folder);
  } catch (thrown) {
    if (!hasCode(thrown, 'EEXIST')) throw thrown;
    throw new Explained(
      `${relative(at, folder) || folder} is there already: nothing was written. Choose another name or --dir.`,
    );
  }
}
