/** What plugins make of zod schemas. */
export { done, refused, zodAction } from './action.js';
export type { ParsedRequest, ZodAction } from './action.js';
