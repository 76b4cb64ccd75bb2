import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const CONDITIONS = ['node', 'import', 'module-sync', 'default'];

/**
 * The address under which a package, or a relative file, is imported from a folder: as Node would from a module there. Node 20 offers that resolution for `require` only,
 * so packages that export nothing to `require` are looked up by their package.json. Undefined when there is no such package.
 */
export function resolvePackage({ specifier, folder }: { specifier: string; folder: string }): URL | undefined {
  const require = createRequire(join(folder, 'package.json'));
  try {
    return pathToFileURL(require.resolve(specifier));
  } catch {
    return importOnly({ specifier, folders: require.resolve.paths(specifier) ?? [] });
  }
}

function importOnly({ specifier, folders }: { specifier: string; folders: readonly string[] }): URL | undefined {
  const { name, subpath } = parts(specifier);
  const home = folders.map((folder) => join(folder, name)).find((folder) => existsSync(join(folder, 'package.json')));
  if (home === undefined) return undefined;
  const manifest: { exports?: unknown } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const target = targetOf(manifest.exports, subpath);
  return target === undefined ? undefined : pathToFileURL(join(home, target));
}

function parts(specifier: string): { readonly name: string; readonly subpath: string } {
  const steps = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  return { name: steps.slice(0, length).join('/'), subpath: ['.', ...steps.slice(length)].join('/') };
}

function targetOf(exports: unknown, subpath: string): string | undefined {
  if (typeof exports === 'string') return subpath === '.' ? exports : undefined;
  if (!isRecord(exports)) return undefined;
  const bySubpath = Object.keys(exports).some((key) => key.startsWith('.'));
  return bySubpath ? conditional(exports[subpath]) : subpath === '.' ? conditional(exports) : undefined;
}

/** Conditions count in the order in which the package lists them. */
function conditional(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (!isRecord(target)) return undefined;
  const key = Object.keys(target).find((condition) => CONDITIONS.includes(condition));
  return key === undefined ? undefined : conditional(target[key]);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
