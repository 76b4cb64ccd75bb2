import { createHash } from 'node:crypto';
import { nanoid } from 'nanoid';
import type { Ids } from '../ports/outside.js';

const LENGTH = 21;

/** Ids with 126 bits each: random ones for the edge, derived ones for what must come out the same twice. */
export const ids: Ids = {
  mint: (prefix) => `${prefix}_${nanoid(LENGTH)}`,
  derive: (prefix, ...parts) => `${prefix}_${digest(parts).slice(0, LENGTH)}`,
};

/** As a JSON list, so that no part can flow into its neighbor. */
const digest = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
