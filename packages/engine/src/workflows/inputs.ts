import type { AttemptId, GrantId } from '../domain/ids.js';
import type { ProcessorReport, RefundRequest } from '../messages/index.js';

/** Whether a value is an object whose fields can be looked at. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const STATUSES = ['succeeded', 'requires_action', 'authorized', 'processing', 'unknown', 'failed', 'cancelled'];

/** Reads a signal that anybody with access to Temporal could have typed. */
export function isReport(value: unknown): value is ProcessorReport {
  if (!isRecord(value) || typeof value['inbox'] !== 'string') return false;
  if (value['kind'] === 'refund')
    return isText(value['refund'], 'ref_') && ['pending', 'succeeded', 'failed'].includes(String(value['status']));
  const outcome = value['outcome'];
  if (value['kind'] !== 'payment' || !isText(value['attempt'], 'att_') || !isRecord(outcome)) return false;
  if (!STATUSES.includes(String(outcome['status']))) return false;
  return outcome['status'] !== 'succeeded' || isAmount(outcome['captured']);
}

/** Reads a refund signal. */
export function isRefundRequest(value: unknown): value is RefundRequest {
  if (!isRecord(value)) return false;
  if ('refundId' in value) return isText(value['refundId'], 'ref_');
  const { amount, reason } = value;
  return (
    (amount === undefined || (Number.isSafeInteger(amount) && Number(amount) > 0)) &&
    (reason === undefined || typeof reason === 'string')
  );
}

/** Whether a value looks like the id of an attempt. */
export const isAttemptId = (value: unknown): value is AttemptId => isText(value, 'att_');

/** Whether a value looks like the id of a grant. */
export const isGrantId = (value: unknown): value is GrantId => isText(value, 'entg_');

const isText = (value: unknown, prefix: string): boolean => typeof value === 'string' && value.startsWith(prefix);

const isAmount = (value: unknown): boolean =>
  isRecord(value) &&
  Number.isSafeInteger(value['amount']) &&
  Number(value['amount']) >= 0 &&
  typeof value['currency'] === 'string';
