import type { Call } from './call.js';
import type { Delivered } from './delivered.js';
import type { Json } from './json.js';
import type { ProcessorEvent } from './processor-results.js';
import type { StandardSchema } from './standard-schema.js';

/** A schema as admin pages render it: JSON Schema, draft 2020-12, of type object, with a title or description for every field. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The input of an action, parsed by its schema. */
export interface ActionRequest extends Call {
  /** The merchant whose key called: read and change nothing of another one. */
  readonly business: string;
  /** What the caller posted, as `input` of the action parsed it. */
  readonly input: Json;
}

/** The action changed nothing, and why: the caller gets 409 with the code in capitals and the message, which says what to do. */
export interface ActionRefused {
  /** Tells it from what was done. */
  readonly outcome: 'refused';
  /** Stable, in snake_case: 'already_admitted'. */
  readonly code: string;
  /** One sentence for the caller: what is in the way, and what to do. */
  readonly message: string;
}

/** Something that merchants can do with a provider beside selling: check a ticket in, import keys, note a bank transfer. */
export interface ProviderAction<Done> {
  /** One sentence, for admin pages and the list of actions. */
  readonly description: string;
  /**
   * Parses the body of the call; what does not parse is answered with 422 and the path of the problem, and `run` is not
   * called.
   */
  readonly input: StandardSchema<Json>;
  /** The same input for admin pages. */
  readonly inputSchema: JsonSchema;
  /**
   * Called for every POST to the action, after the merchant's key was checked; again with the same idempotency key when the caller repeats. A throw is answered with 502, a
   * RetryableError with 503, and the error's code in capitals; its message goes to the log alone.
   */
  run(request: ActionRequest): Promise<Done | ActionRefused>;
}

/** What an action of a fulfillment provider did. */
export interface FulfillmentActionDone {
  /** Tells it from a refusal. */
  readonly outcome: 'done';
  /** The body of the answer. */
  readonly answer: Json;
  /** Pending grants that are delivered by it: the engine stores and announces them. */
  readonly delivered?: readonly { readonly grant: string; readonly delivered: Delivered }[];
}

/** What an action of a processor adapter did. */
export interface ProcessorActionDone {
  /** Tells it from a refusal. */
  readonly outcome: 'done';
  /** The body of the answer. */
  readonly answer: Json;
  /** What the action learned about payments: taken in like verified webhooks. */
  readonly events?: readonly ProcessorEvent[];
}
