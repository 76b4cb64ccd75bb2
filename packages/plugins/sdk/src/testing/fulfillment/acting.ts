import type { ActionRefused, FulfillmentActionDone } from '../../action.js';
import type { Json } from '../../json.js';
import { fulfillmentActionResult } from '../../schemas/index.js';
import { ensure, written } from '../ensure.js';
import { watched } from '../watched.js';
import type { FulfillmentStage } from './stage.js';

/** One request to one action of a provider on trial. */
export interface Acting {
  readonly name: string;
  readonly input: Json;
  /** A new one when left out. */
  readonly idempotencyKey?: string;
}

/** Runs an action as the engine does: the input is parsed first, the answer must parse, and what it says is recorded. */
async function act(
  stage: FulfillmentStage,
  { name, input, idempotencyKey = stage.fresh('act') }: Acting,
): Promise<FulfillmentActionDone | ActionRefused> {
  const action = (await stage.provider()).actions?.[name];
  ensure(action !== undefined, `there is no action '${name}'`);
  const parsed = await action.input['~standard'].validate(structuredClone(input));
  ensure(parsed.issues === undefined, `the action '${name}' does not take ${written(input)}`);
  const request = stage.call({ business: 'bus_conformance', input: parsed.value }, { idempotencyKey });
  const { recorder, deadlineMs } = stage;
  const verbs = { [name]: () => action.run(request) };
  return (
    watched({ provider: verbs, schemas: { [name]: fulfillmentActionResult }, recorder, deadlineMs })[name]?.() ??
    never(name)
  );
}

const never = (name: string): Promise<never> => Promise.reject(new TypeError(`the action '${name}' cannot be run`));

/** Runs an action that must do what it is asked; answers what it answered. */
export async function done(stage: FulfillmentStage, acting: Acting): Promise<FulfillmentActionDone> {
  const result = await act(stage, acting);
  ensure(
    result.outcome === 'done',
    `the action '${acting.name}' refused ${written(acting.input)}: ${result.outcome === 'refused' ? result.code : ''}`,
  );
  return result;
}
