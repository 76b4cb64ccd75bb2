import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Explained } from '../explained.js';
import type { PluginKind, PluginName } from './plugin-name.js';

/** One file of a new package. */
export interface NewFile {
  /** From the folder of the package. */
  readonly path: string;
  readonly text: string;
}

/** Sources that compile as they are, under names that stand for the plugin's. */
const TEMPLATES = fileURLToPath(new URL('../../templates/plugin/', import.meta.url));
const STANDS_FOR_IDENTIFIER = 'pluginName';

/** The files of a new plugin, under its names; its manifest is still that of the template. */
export function templateFiles({ kind, name }: { readonly kind: PluginKind; readonly name: PluginName }): NewFile[] {
  const files = ['common', kind].flatMap((part) => filesIn(join(TEMPLATES, part)));
  refuseClash(files, name);
  return files.map(({ path, text }) => ({ path: path.replace(/^gitignore$/, '.gitignore'), text: named(text, name) }));
}

const filesIn = (folder: string): NewFile[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(folder, path), text: readFileSync(path, 'utf8') }));

function named(text: string, { package: packageName, id, identifier, title }: PluginName): string {
  return text
    .replaceAll('package-name', () => packageName)
    .replaceAll('plugin-name', () => id)
    .replaceAll(STANDS_FOR_IDENTIFIER, () => identifier)
    .replaceAll('Plugin Name', () => title);
}

/** A plugin called define-plugin would be imported as definePlugin, which its own source imports already. */
function refuseClash(files: readonly NewFile[], { package: name, identifier }: PluginName): void {
  const isTaken = (text: string): boolean => new RegExp(`\\b${identifier}\\b`).test(text);
  if (files.some(({ path, text }) => path.endsWith('.ts') && isTaken(text)))
    throw new Explained(
      `'${name}' would be imported as ${identifier}, a name that its own source needs: choose another.`,
    );
}
