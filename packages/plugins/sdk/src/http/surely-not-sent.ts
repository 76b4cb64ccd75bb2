/** Failures of looking up the name and of connecting: not one byte of the request has left. */
const BEFORE_SENDING = new Set<unknown>([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether a failed fetch says that surely nothing was sent. With several addresses all of them must have failed that way. */
export function surelyNotSent(thrown: unknown): boolean {
  const cause = field(thrown, 'cause');
  const each = field(cause, 'errors');
  if (Array.isArray(each) && each.length > 0) return each.every(isBeforeSending);
  return isBeforeSending(cause);
}

const isBeforeSending = (error: unknown): boolean => BEFORE_SENDING.has(field(error, 'code'));

const field = (from: unknown, name: string): unknown =>
  typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined;
