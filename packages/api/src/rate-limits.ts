import { DomainError } from '@payonce/engine/domain';
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';

const MINUTE_MS = 60_000;

/** So many requests a minute per address; more are refused with 429 and Retry-After. Counts in this process alone. */
export const limitRequests = ({ perMinute }: { readonly perMinute: number }): RequestHandler =>
  rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    ipv6Subnet: 56,
    validate: { xForwardedForHeader: false },
    handler: () => {
      throw new DomainError(
        'TOO_MANY_REQUESTS',
        'Too many requests from this address: wait as long as Retry-After says.',
      );
    },
  });
