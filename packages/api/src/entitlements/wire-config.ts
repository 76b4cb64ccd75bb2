import { z } from 'zod';
import { parseBody } from '../http/parse.js';

const license = z
  .strictObject({
    activation_message: z.string().max(2000).nullish(),
    activations_limit: z.int().min(0).nullish(),
    duration_count: z.int().min(1).nullish(),
    duration_interval: z.enum(['Day', 'Week', 'Month', 'Year']).nullish(),
    fulfillment_mode: z.enum(['auto', 'manual']).nullish(),
  })
  .refine((config) => (config.duration_count == null) === (config.duration_interval == null), {
    path: ['duration_count'],
    message: 'comes with duration_interval, or not at all',
  })
  .transform(({ activation_message, activations_limit, duration_count, duration_interval, fulfillment_mode }) => ({
    ...(fulfillment_mode === 'manual' && { source: 'manual' }),
    activationMessage: activation_message || null,
    activationsLimit: activations_limit ?? null,
    duration:
      duration_count != null && duration_interval != null
        ? { count: duration_count, interval: duration_interval }
        : null,
  }));

const noFiles = z
  .array(z.unknown())
  .max(0, { message: 'files belong to products: upload them there, or give external_url' })
  .nullish();

const files = z
  .strictObject({
    digital_file_ids: noFiles,
    legacy_file_ids: noFiles,
    external_url: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .nullish(),
    instructions: z.string().max(5000).nullish(),
  })
  .refine(({ external_url, instructions }) => Boolean(external_url) || Boolean(instructions), {
    path: ['external_url'],
    message: 'is missing, and so are instructions: there would be nothing to hand over',
  })
  .transform(({ external_url, instructions }) => ({
    files: [],
    externalUrl: external_url ?? null,
    instructions: instructions || null,
  }));

const CONFIGS = new Map<string, z.ZodType>([
  ['license-keys', license],
  ['files', files],
]);

/**
 * What an `integration_config` of the public API means to the provider that serves it; that of a provider which the public API has no words for is in the provider's own. Rejects with
 * INVALID_REQUEST_BODY, naming the path.
 */
export function fromWireConfig({ provider, config }: { readonly provider: string; readonly config: unknown }): unknown {
  const schema = CONFIGS.get(provider);
  if (schema === undefined) return config;
  return parseBody(z.object({ integration_config: schema }), { integration_config: config }).integration_config;
}
