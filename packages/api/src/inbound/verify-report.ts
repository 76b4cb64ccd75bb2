import { DomainError } from '@payonce/engine/domain';
import type { Mode, ProcessorEvent } from '@payonce/plugin-sdk';
import type { Request } from 'express';
import type { ApiDeps } from '../deps.js';

/** Reports that a processor signed. */
export interface VerifiedReport {
  readonly account: string;
  readonly events: readonly ProcessorEvent[];
}

/** Has the adapter check the signature over the very bytes. Rejects with WEBHOOK_NOT_VERIFIED; then nothing is kept. */
export async function verifyReport(
  { plugins, ids }: ApiDeps,
  {
    processor,
    mode,
    body,
    request,
  }: { readonly processor: string; readonly mode: Mode; readonly body: Uint8Array; readonly request: Request },
): Promise<VerifiedReport> {
  const result = await plugins.processor(processor).parseWebhook({
    headers: single(request.headers),
    query: single(request.query),
    body,
    mode,
    idempotencyKey: ids.mint('inb'),
  });
  if (result.verified) return { account: result.account, events: result.events };
  throw new DomainError('WEBHOOK_NOT_VERIFIED', 'The signature of this report is not right, or it is too old.');
}

/** Values that stand once; a repeated one is nobody's to choose from. */
const single = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
