import type { ClientConfig } from '@payonce/plugin-sdk';
import type { RequestHandler, Response } from 'express';
import { NO_ORIGINS } from './client-origins.js';

const YEAR_SECONDS = 31_536_000;

/** Other origins that a page may use. */
export interface AllowedOrigins {
  /** Where its forms may lead: browsers apply this to the redirects after a form as well. */
  readonly forms: readonly string[];
  /** What its processor loads, frames and talks to. */
  readonly client: ClientConfig;
}

/** Anything else would be a way to write directives of one's own. */
const ORIGIN = /^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/;

const directive = (name: string, origins: readonly string[]): string =>
  [name, "'self'", ...new Set(origins.filter((origin) => ORIGIN.test(origin)))].join(' ');

/** Nothing from elsewhere but what the processor needs, nothing inline, no frame around us; a form may go on to the places where the payment goes on. */
const contentSecurityPolicy = ({ forms, client }: AllowedOrigins): string =>
  [
    "default-src 'none'",
    directive('script-src', client.scriptOrigins),
    "style-src 'self'",
    "img-src 'self' data:",
    directive('connect-src', client.connectOrigins),
    ...(client.frameOrigins.length > 0 ? [directive('frame-src', client.frameOrigins)] : []),
    directive('form-action', forms),
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

/** The headers of every page and answer of the checkout. */
export const protect =
  ({ https }: { readonly https: boolean }): RequestHandler =>
  (_request, response, next) => {
    response.set({
      'Content-Security-Policy': contentSecurityPolicy({ forms: [], client: NO_ORIGINS }),
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

/** Lets the page of this answer use these origins. */
export const allow = (response: Response, origins: AllowedOrigins): void => {
  response.set('Content-Security-Policy', contentSecurityPolicy(origins));
};
