import type { ActionRefused, ActionRequest, Json, ProcessorActionDone, ProviderAction } from '@payonce/plugin-sdk';
import { z } from 'zod';

/** What an action answers. */
export type Answer = ProcessorActionDone | ActionRefused;

/** An action whose input one zod schema describes: for parsing, and for admin pages. */
export const actionOf = <Shape extends z.ZodRawShape>({
  description,
  input,
  run,
}: {
  readonly description: string;
  readonly input: z.ZodObject<Shape>;
  readonly run: (
    request: Omit<ActionRequest, 'input'> & { readonly input: z.infer<z.ZodObject<Shape>> },
  ) => Promise<Answer>;
}): ProviderAction<ProcessorActionDone> => ({
  description,
  input: input.transform((value) => value as unknown as Json),
  inputSchema: z.toJSONSchema(input, { io: 'input' }),
  run: ({ input: given, ...request }) => run({ ...request, input: input.parse(given) }),
});

export const refused = (code: string, message: string): ActionRefused => ({ outcome: 'refused', code, message });

/** Fields that several actions ask for. */
export const ACTOR = z.string().trim().min(1).max(100).describe('Who does this: a name or a login.');
export const EVIDENCE = z.string().trim().min(1).max(200).describe('What shows it: a line of the bank statement.');
