import { DomainError } from '@payonce/engine/domain';
import type { Mode } from '@payonce/plugin-sdk';
import { Router, raw } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { ApiDeps } from '../deps.js';
import { notFound } from '../http/params.js';
import { readBytes } from '../http/read-json.js';
import { keepEvents } from './keep-events.js';
import { routeEntry } from './take-in.js';
import { verifyReport } from './verify-report.js';

const bytesOf = raw({ type: () => true, limit: 1024 * 1024, inflate: false });

/**
 * POST /inbound/processors/{processor}/{mode}: what processors report. A report is kept before it is acknowledged and believed only as far as its signature reaches; what
 * happens with it afterwards is no business of the sender.
 */
export function inboundRouter({ deps, limit }: { readonly deps: ApiDeps; readonly limit: RequestHandler }): Router {
  const router = Router({ caseSensitive: true });
  router.post('/inbound/processors/:processor/:mode', limit, (request, response) =>
    takeReport(deps, request, response),
  );
  return router;
}

async function takeReport(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const processor = String(request.params['processor']);
  const mode = request.params['mode'];
  if (!isMode(mode) || !deps.plugins.ids().processors.includes(processor)) throw notFound('processor');
  if (!deps.plugins.processor(processor).capabilities.webhooks) throw reportsNothing(processor);
  const body = await readBytes({ request, response, read: bytesOf });
  const report = await verifyReport(deps, { processor, mode, body, request });
  const entries = await keepEvents(deps, { processor, mode, ...report });
  response.status(200).json({ received: report.events.length });
  for (const entry of entries) await routeEntry(deps, entry);
}

const reportsNothing = (processor: string): DomainError =>
  new DomainError('NOT_FOUND', `The processor ${processor} posts no reports: its payments are looked up instead.`);

const isMode = (text: unknown): text is Mode => text === 'test' || text === 'live';
