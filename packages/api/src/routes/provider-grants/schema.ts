import { z } from 'zod';
import { lines } from '../../http/fields.js';

/** Why a provider could not deliver. The code is kept and shown; the message is for our log. */
export const failureReport = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, { message: "is not like 'seats_sold_out'" }),
  message: lines(2000).optional(),
  /** Whether trying again cannot help. */
  permanent: z.boolean(),
});
