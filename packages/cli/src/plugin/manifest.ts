import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { Explained } from '../explained.js';
import type { Checkout } from './checkout.js';
import type { PluginName } from './plugin-name.js';

const SDK = '@payonce/plugin-sdk';

const template = z.record(z.string(), z.unknown());
const versioned = z.object({
  version: z.string(),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

/** Where the contract comes from: the workspace, a place, or the registry by the version that the template names. */
export type SdkSource =
  | { readonly kind: 'workspace' }
  | { readonly kind: 'given'; readonly specifier: string }
  | { readonly kind: 'registry' };

/** Where the contract comes from: `sdk` is a tarball, a folder or a version; left out, a checkout brings its own. */
export function sdkSource({
  sdk,
  at,
  checkout,
  inWorkspace,
}: {
  readonly sdk: string | undefined;
  readonly at: string;
  readonly checkout: Checkout | undefined;
  readonly inWorkspace: boolean;
}): SdkSource {
  if (sdk !== undefined) return { kind: 'given', specifier: specifierOf(sdk, at) };
  if (inWorkspace) return { kind: 'workspace' };
  return checkout === undefined ? { kind: 'registry' } : { kind: 'given', specifier: `file:${checkout.sdk}` };
}

/** The manifest of the template, for one plugin. */
export function pluginManifest({
  text,
  name,
  source,
}: {
  readonly text: string;
  readonly name: PluginName;
  readonly source: SdkSource;
}): string {
  const given = template.parse(JSON.parse(text));
  const { version, dependencies, devDependencies } = versioned.parse(given);
  const isWorkspace = source.kind === 'workspace';
  const versions = (named: Readonly<Record<string, string>>) =>
    isWorkspace ? Object.fromEntries(Object.keys(named).map((key) => [key, 'catalog:'])) : named;
  const sdk = source.kind === 'registry' ? {} : { [SDK]: isWorkspace ? 'workspace:*' : source.specifier };
  const own = { name: name.package };
  // The order of a formatted manifest: what comes first keeps its place.
  const manifest = {
    ...own,
    version,
    ...(isWorkspace && { private: true }),
    ...given,
    ...own,
    dependencies: { ...versions(dependencies), ...sdk },
    devDependencies: versions(devDependencies),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

const VERSION = /^[~^]?\d+(\.(\d+|x)){0,2}(-[\w.-]+)?$|^latest$/;

function specifierOf(sdk: string, at: string): string {
  if (VERSION.test(sdk)) return sdk;
  const path = resolve(at, sdk.replace(/^file:/, ''));
  if (existsSync(path)) return `file:${path}`;
  throw new Explained(`--sdk ${sdk}: is neither a version nor a tarball or folder that is there.`);
}
