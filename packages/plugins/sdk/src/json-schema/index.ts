/** JSON Schema as a parser. Needs `ajv` and `ajv-formats` beside it: install them with your plugin. */
export { describedSettings } from './option.js';
export type { DescribedSettings } from './option.js';
export { fromJsonSchema } from './parser.js';
