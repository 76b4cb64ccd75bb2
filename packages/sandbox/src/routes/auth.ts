import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { ApiError } from '../api-error.js';

/** Lets requests with the secret key pass; compares in constant time. */
export function requireSecretKey(secretKey: string): RequestHandler {
  const expected = digest(secretKey);
  return (request, _response, next) => {
    const given = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1];
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return next();
    const headers = { 'www-authenticate': 'Bearer' };
    throw new ApiError({
      status: 401,
      code: 'unauthorized',
      message: 'Authorization: Bearer <secret key> is needed',
      headers,
    });
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
