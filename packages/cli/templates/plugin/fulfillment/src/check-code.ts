import type { FulfillmentActionDone, PluginHost, ProviderAction } from '@payonce/plugin-sdk';
import { done, zodAction } from '@payonce/plugin-sdk/zod';
import { z } from 'zod';
import { grantOpenedBy } from './codes.js';

const input = z.strictObject({
  code: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[\x21-\x7e]*$/)
    .meta({ description: 'The code that somebody shows.' }),
});

/** `POST /fulfillment_providers/plugin-name/actions/check_code`: whether a code is good. Changes nothing, so it may be repeated. */
export const checkCode = (host: PluginHost): ProviderAction<FulfillmentActionDone> =>
  zodAction({
    description: 'Tell whether a code is good, and for which grant.',
    input,
    async run({ business, mode, input: { code } }) {
      const grant = await grantOpenedBy({ store: host.store({ business, mode }), code });
      return done(grant === undefined ? { good: false } : { good: true, grant });
    },
  });
