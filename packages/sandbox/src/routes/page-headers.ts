import type { RequestHandler } from 'express';

/**
 * No script, no frames, nothing from elsewhere. Browsers hold a form's redirects to form-action as well, and after the charge the buyer is sent
 * to the merchant's address, which may send on: so forms may end at any web address.
 */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "form-action 'self' http: https:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of everything a buyer's browser sees. The page's address is a secret: no referrer, no cache. */
export const pageHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'content-security-policy': POLICY,
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'cross-origin-opener-policy': 'same-origin',
  });
  next();
};
