import type { SessionId } from '@payonce/engine/domain';
import { moneyText } from '../../output/money-text.js';
import { purchaseWorkflowId } from '../../purchase-names.js';
import type { Backends, Stack } from '../stack.js';
import type { Narrator } from './narrator.js';
import type { Offer, Paid } from './story.js';

/** The end of the demonstration, and where to go from there. */
export function sayFarewell({
  narrator,
  paid,
  seconds,
  keep,
}: {
  readonly narrator: Narrator;
  readonly paid: Paid;
  readonly seconds: number;
  readonly keep: boolean;
}): void {
  const { total: amount, currency } = paid;
  narrator.say('');
  narrator.say(
    `${moneyText({ amount, currency })} taken, goods handed over, all of it refunded, in ${seconds.toFixed(1)} s.`,
  );
  if (keep) return;
  narrator.say('');
  narrator.say('What to look at next');
  narrator.say('  npm run demo -- --keep                         the same, left running to click through');
  narrator.say('  npm start                                      an installation that keeps its data');
  narrator.say('  packages/engine/src/workflows/purchase.ts      the workflow that carried this purchase');
}

/** Where everything that was left running is found. */
export function links({
  stack,
  backends,
  key,
  offer,
  paid,
}: {
  readonly stack: Stack;
  readonly backends: Backends;
  readonly key: string;
  readonly offer: Offer;
  readonly paid: Paid;
}): readonly string[] {
  const { temporalUi } = backends;
  return [
    '',
    'It keeps running until Ctrl-C',
    `  buy it yourself   ${stack.apiUrl}/buy/${offer.product}   (card 4242 4242 4242 4242, any future date)`,
    `  that order        ${paid.orderUrl}`,
    ...(temporalUi === undefined
      ? []
      : [
          `  that purchase     ${workflowUrl({ temporalUi, namespace: stack.config.TEMPORAL_NAMESPACE, session: offer.session })}`,
        ]),
    `  the API           ${stack.apiUrl}`,
    `  its key           ${key}`,
  ];
}

/** A purchase in Temporal's UI. */
function workflowUrl({
  temporalUi,
  namespace,
  session,
}: {
  readonly temporalUi: string;
  readonly namespace: string;
  readonly session: SessionId;
}): string {
  return `${temporalUi}/namespaces/${namespace}/workflows/${encodeURIComponent(purchaseWorkflowId(session))}`;
}
