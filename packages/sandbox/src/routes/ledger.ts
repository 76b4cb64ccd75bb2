import { Router } from 'express';
import { z } from 'zod';
import type { Relay } from '../relay.js';
import type { LedgerStore } from '../store/ledger.js';
import { parse, reference } from './parse.js';

const query = z.strictObject({ reference: reference.exactOptional() });

export interface LedgerRoutesDeps {
  readonly ledger: LedgerStore;
  readonly relay: Relay;
}

/** Every movement of money of a reference, or all; complete: what transitions still owe to the ledger is paid before it is read. */
export function ledgerRoutes({ ledger, relay }: LedgerRoutesDeps): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    const filter = parse(query, request.query);
    await relay.drain(filter);
    const entries = await ledger.list(filter);
    response.json({ entries: entries.map(({ id: _id, at, ...entry }) => ({ ...entry, at: at.toISOString() })) });
  });
  return router;
}
