import { z } from 'zod';
import type { ActionRefused, FulfillmentActionDone, ProcessorActionDone } from '../action.js';
import type { FulfillmentDescription } from '../fulfillment.js';
import { text } from './common.js';
import { delivered } from './fulfillment.js';
import { processorEvent } from './processor.js';

const refused = z.strictObject({
  outcome: z.literal('refused'),
  code: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/),
  message: text(500),
});
const grant = z.strictObject({ grant: text(100), delivered });

/** Checks what an action of a fulfillment provider answers. */
export const fulfillmentActionResult: z.ZodType<FulfillmentActionDone | ActionRefused> = z.discriminatedUnion(
  'outcome',
  [
    z.strictObject({
      outcome: z.literal('done'),
      answer: z.json(),
      delivered: z.array(grant).max(500).exactOptional(),
    }),
    refused,
  ],
);

/** Checks what an action of a processor adapter answers. */
export const processorActionResult: z.ZodType<ProcessorActionDone | ActionRefused> = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('done'),
    answer: z.json(),
    events: z.array(processorEvent).max(100).exactOptional(),
  }),
  refused,
]);

/** A JSON Schema of an object, as far as forms need to know. */
const objectSchema = z
  .record(z.string(), z.json())
  .refine(({ type }) => type === 'object', { message: 'is no schema of type object' });

/** Checks what `describe` answers. */
export const fulfillmentDescription: z.ZodType<FulfillmentDescription> = z.strictObject({
  summary: text(500),
  settings: objectSchema,
});
