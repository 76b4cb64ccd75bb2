import type { ActionRefused, ActionRequest, PluginHost } from '@payonce/plugin-sdk';
import { refused } from '@payonce/plugin-sdk/zod';
import { readCode } from '../code.js';
import { finishMoves } from '../seats.js';
import { findByCode } from '../ticket.js';
import type { TicketPlace } from '../ticket.js';

/** What a gate read. */
export interface Scan {
  readonly host: PluginHost;
  readonly request: Pick<ActionRequest, 'business' | 'mode'>;
  readonly code: string;
}

/** The place of the ticket that a code belongs to, as the last change of its event left it, or why there is none. */
export async function placeOf({ host, request, code: text }: Scan): Promise<TicketPlace | ActionRefused> {
  const code = readCode(text);
  if (code === undefined) return refused('mistyped_code', 'this cannot be a code of a ticket: scan or type it again');
  const store = host.store(request);
  const found = await findByCode(store, code);
  if (found === undefined) return refused('unknown_ticket', 'no ticket has this code: do not admit');
  await finishMoves({ store, event: found.event });
  return { store, ...found };
}
