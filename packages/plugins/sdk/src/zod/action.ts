import { z } from 'zod';
import type { ActionRefused, ActionRequest, ProviderAction } from '../action.js';
import { PermanentError } from '../errors.js';
import type { Json } from '../json.js';

/** The request of an action, with its input as the schema parsed it. */
export type ParsedRequest<Input> = Omit<ActionRequest, 'input'> & {
  /** What the caller posted, parsed once: defaults are filled in, transforms are applied. */
  readonly input: Input;
};

/** An action by its schema alone. */
export interface ZodAction<Schema extends z.ZodType, Done> {
  /** One sentence, for admin pages and the list of actions. */
  readonly description: string;
  /** Parses the body of the call, and is shown as JSON Schema: `describe()` every field. */
  readonly input: Schema;
  /** As `run` of {@link ProviderAction}, with a parsed input. */
  run(request: ParsedRequest<z.output<Schema>>): Promise<Done | ActionRefused>;
}

/**
 * An action whose input one zod schema describes: for parsing, for the types of `run` and for admin pages. Called by plugins, where they list their `actions`. Throws what
 * `z.toJSONSchema` throws for a schema whose input JSON Schema cannot say. Its `run` throws PermanentError `input_invalid` for what does not parse.
 *
 * ```ts
 * const check = zodAction({
 *   description: 'Tells whether a code is good.',
 *   input: z.strictObject({ code: z.string().min(1).describe('The code that somebody shows.') }),
 *   run: async ({ input: { code }, business, mode }) => done({ good: await isGood({ code, business, mode }) }),
 * });
 * ```
 */
export const zodAction = <Schema extends z.ZodType, Done>({
  description,
  input,
  run,
}: ZodAction<Schema, Done>): ProviderAction<Done> => ({
  description,
  /** Answers what it was given, so that `run` parses once, whatever the schema makes of it. */
  input: z.json().superRefine(async (given, context) => {
    const { error } = await input.safeParseAsync(given);
    for (const { path, message } of error?.issues ?? []) context.addIssue({ code: 'custom', path, message });
  }),
  inputSchema: z.toJSONSchema(input, { io: 'input' }),
  async run(request) {
    const { success, data } = await input.safeParseAsync(request.input);
    if (success) return run({ ...request, input: data });
    throw new PermanentError({ code: 'input_invalid', message: 'the input of the action does not parse' });
  },
});

/** What an action answers that did something: the body of the answer. Called by `run` of actions; throws nothing. */
export const done = (answer: Json): { readonly outcome: 'done'; readonly answer: Json } => ({
  outcome: 'done',
  answer,
});

/**
 * What an action answers that changed nothing: a code in snake_case, and one sentence for the caller that says what to do. Called by `run` of actions; throws nothing.
 *
 * ```ts
 * if (ticket === undefined) return refused('unknown_ticket', 'no ticket has this code: do not admit');
 * ```
 */
export const refused = (code: string, message: string): ActionRefused => ({ outcome: 'refused', code, message });
