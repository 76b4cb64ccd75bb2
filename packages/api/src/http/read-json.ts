import { raw } from 'express';
import type { Request, Response } from 'express';
import { HttpRefusal } from './refusal.js';
import { DomainError } from '@payonce/engine/domain';
import { checkShape } from './json-shape.js';

const MAX_BODY_BYTES = 256 * 1024;
const bytesOf = raw({ type: () => true, limit: MAX_BODY_BYTES, inflate: false });

/**
 * The JSON body of a request; undefined when it has none. Rejects with UNSUPPORTED_MEDIA_TYPE for another content type, PAYLOAD_TOO_LARGE over 256 kB, and
 * INVALID_REQUEST_BODY (400) for bytes that are not JSON in UTF-8.
 */
export async function readJson(request: Request, response: Response): Promise<unknown> {
  if (!hasBody(request)) return undefined;
  if (!isJson(request))
    throw new DomainError(
      'UNSUPPORTED_MEDIA_TYPE',
      'The request body must be JSON: send content-type application/json.',
    );
  const bytes = await readBytes({ request, response, read: bytesOf });
  return bytes.length === 0 ? undefined : checkShape(parsed(bytes));
}

/** Runs a body reader of Express and answers the bytes. */
export function readBytes({
  request,
  response,
  read,
}: {
  readonly request: Request;
  readonly response: Response;
  readonly read: ReturnType<typeof raw>;
}): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    read(request, response, (error?: unknown) => {
      if (error) reject(error);
      else resolve(request.body instanceof Uint8Array ? request.body : new Uint8Array());
    });
  });
}

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined ||
  (headers['content-length'] !== undefined && headers['content-length'] !== '0');

const isJson = ({ headers }: Request): boolean => /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new HttpRefusal('INVALID_REQUEST_BODY', 'The request body is not valid JSON.', { status: 400 });
  }
}
