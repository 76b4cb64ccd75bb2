import { PermanentError } from '@payonce/plugin-sdk';
import type { Refusal } from './failures.js';

/** For requests that Stripe has no reason to refuse. */
export const refused = ({ status, code, param }: Refusal): PermanentError =>
  new PermanentError({
    code: 'processor_refused_request',
    message: `Stripe refused the request: ${status} ${code}${param === undefined ? '' : ` (${param})`}`,
  });
