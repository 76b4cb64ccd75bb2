import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Explained } from '../explained.js';

/** The repository that this command runs from. */
export interface Checkout {
  readonly root: string;
  /** Where the contract is. */
  readonly sdk: string;
  /** 'pnpm@10.34.9'. */
  readonly packageManager: string;
}

const EXAMPLES = 'examples';
const manifest = z.object({ packageManager: z.string() });

/** Undefined when the command was installed as a package. */
export function findCheckout(): Checkout | undefined {
  const root = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '');
  const sdk = join(root, 'packages/plugins/sdk');
  if (!existsSync(join(root, 'pnpm-workspace.yaml')) || !existsSync(join(sdk, 'package.json'))) return undefined;
  const { packageManager } = manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return { root, sdk, packageManager };
}

/** Where a plugin goes when nobody says: among the examples of a checkout, else where one stands. */
export const defaultParent = (at: string, checkout: Checkout | undefined): string =>
  checkout !== undefined && isSame(at, checkout.root) ? join(at, EXAMPLES) : at;

/** Whether a folder is to become a package of the checkout's workspace. Refuses places in the checkout where it would be none. */
export function isInWorkspace(folder: string, checkout: Checkout | undefined): boolean {
  if (checkout === undefined) return false;
  const inside = relative(realpathSync(checkout.root), standing(folder));
  if (inside === '..' || inside.startsWith(`..${sep}`)) return false;
  if (dirname(inside) === EXAMPLES) return true;
  throw new Explained(
    `${folder} is inside the checkout of payonce, where plugins of your own are at home in ${EXAMPLES}/: leave --dir out, or choose a folder outside. What plugins that ship with payonce need is in CONTRIBUTING.md.`,
  );
}

const isSame = (one: string, other: string): boolean => standing(one) === standing(other);

/** The real path of what may not be there yet. */
function standing(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(standing(parent), basename(path));
}
