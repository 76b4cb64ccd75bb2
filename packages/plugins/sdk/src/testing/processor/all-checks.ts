import type { CheckFor } from '../check.js';
import { LOADING } from '../checks-of-all.js';
import { AMOUNTS } from './amounts.js';
import { CANCELS } from './cancels.js';
import { CAPTURES } from './captures.js';
import { CHARGES } from './charges.js';
import { OFFERS } from './offers.js';
import { OUTAGES } from './outages.js';
import { REFUNDS } from './refunds.js';
import type { ProcessorStage } from './stage.js';
import { STRANGERS } from './strangers.js';
import { WEBHOOKS } from './webhooks.js';

/** In the order of a payment's life; what was said meanwhile is looked at last. */
export const CHECKS: readonly CheckFor<ProcessorStage>[] = [
  ...LOADING,
  ...CHARGES,
  ...CAPTURES,
  ...AMOUNTS,
  ...OUTAGES,
  ...CANCELS,
  ...REFUNDS,
  ...WEBHOOKS,
  ...OFFERS,
  ...STRANGERS,
];
