import { z } from 'zod';
import type { JsonSchema } from '../action.js';
import type { Json } from '../json.js';
import type { StandardSchema } from '../standard-schema.js';
import { fromJsonSchema } from './parser.js';

/** What products say for a provider, as a configuration gave it. */
export interface DescribedSettings {
  /** For `describe()`. */
  readonly schema: JsonSchema;
  /** For `settings`, and for `fulfill`. */
  readonly parser: StandardSchema<Json>;
}

/**
 * An option that holds a JSON Schema: for plugins whose operator, not whose author, says what the settings of a product are. Any object will do when it is left out. What is no
 * schema is refused at boot, with its path and the reason.
 *
 * ```ts
 * options: z.strictObject({ url: z.url(), settings: describedSettings }),
 * ```
 */
export const describedSettings: z.ZodType<DescribedSettings, JsonSchema | undefined> = z
  .record(z.string(), z.json())
  .default({ type: 'object' })
  .transform((schema, context): DescribedSettings => {
    try {
      return { schema, parser: fromJsonSchema(schema) };
    } catch (thrown) {
      context.addIssue({ code: 'custom', message: thrown instanceof Error ? thrown.message : String(thrown) });
      return z.NEVER;
    }
  });
