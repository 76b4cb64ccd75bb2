import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Sends bytes as fast as the receiver takes them. A receiver that goes away ends the reading, and is nobody's error. */
export async function streamOut({
  bytes,
  response,
}: {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly response: Response;
}): Promise<void> {
  try {
    await pipeline(Readable.from(bytes), response);
  } catch (error) {
    if (!wentAway(error)) throw error;
  }
}

const wentAway = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
