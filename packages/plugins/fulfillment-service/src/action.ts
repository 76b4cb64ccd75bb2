import { PermanentError } from '@payonce/plugin-sdk';
import type { ActionRefused, ActionRequest, FulfillmentActionDone, Json, ProviderAction } from '@payonce/plugin-sdk';
import { z } from 'zod';

/** An action by its schema alone. */
interface ActionOf<Input> {
  /** One sentence. */
  readonly description: string;
  readonly input: z.ZodType<Input>;
  run(input: Input, request: ActionRequest): Promise<FulfillmentActionDone | ActionRefused>;
}

export const action = <Input extends Json>({
  description,
  input,
  run,
}: ActionOf<Input>): ProviderAction<FulfillmentActionDone> => ({
  description,
  input,
  inputSchema: z.toJSONSchema(input, { io: 'input' }),
  async run(request) {
    const { success, data } = input.safeParse(request.input);
    if (!success)
      throw new PermanentError({ code: 'input_invalid', message: 'the input of the action does not parse' });
    return run(data, request);
  },
});

export const refused = (code: string, message: string): ActionRefused => ({ outcome: 'refused', code, message });
export const done = (answer: Json): FulfillmentActionDone => ({ outcome: 'done', answer });
