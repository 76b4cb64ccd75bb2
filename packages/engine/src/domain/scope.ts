import type { Mode } from '@payonce/plugin-sdk';
import type { BusinessId } from './ids.js';

/** Whose data, and in which of the two worlds. Every read on behalf of a caller carries one; nothing crosses it. */
export interface Scope {
  readonly business: BusinessId;
  readonly mode: Mode;
}
