import type { RequestHandler, Response } from 'express';

const YEAR_SECONDS = 31_536_000;

/** Nothing from elsewhere, nothing inline, no frame around us; a form may go on to the places where the payment goes on. */
const contentSecurityPolicy = (formOrigins: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    ["form-action 'self'", ...new Set(formOrigins)].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

/** The headers of every page and answer of the checkout. */
export const protect =
  ({ https }: { readonly https: boolean }): RequestHandler =>
  (_request, response, next) => {
    response.set({
      'Content-Security-Policy': contentSecurityPolicy([]),
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'X-Robots-Tag': 'noindex, nofollow',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    });
    if (https) response.set('Strict-Transport-Security', `max-age=${YEAR_SECONDS}`);
    next();
  };

/** Lets the forms of this answer lead to these origins: browsers apply `form-action` to the redirects after a form as well. */
export const allowForms = (response: Response, origins: readonly string[]): void => {
  response.set('Content-Security-Policy', contentSecurityPolicy(origins));
};
