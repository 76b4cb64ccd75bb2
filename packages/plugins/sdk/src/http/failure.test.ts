import { expect, it } from '@jest/globals';
import { pluginErrorKind } from '../errors.js';
import { failureIn, retryAfter } from './failure.js';

const SENT = 'Sat, 01 May 2027 10:00:00 GMT';

it.each([
  [{ 'retry-after': '7' }, { retryAfterMs: 7_000 }],
  [{ 'retry-after': '0' }, { retryAfterMs: 0 }],
  [{ 'retry-after': '31536000' }, { retryAfterMs: 3_600_000 }],
  [{ 'retry-after': 'Sat, 01 May 2027 10:00:20 GMT', date: SENT }, { retryAfterMs: 20_000 }],
  [{ 'retry-after': 'Sat, 01 May 2027 09:00:00 GMT', date: SENT }, {}],
  [{ 'retry-after': 'Sat, 01 May 2027 10:00:20 GMT' }, {}],
  [{ 'retry-after': 'soon' }, {}],
  [{ 'retry-after': '-1' }, {}],
  [{}, {}],
])('waits after %j', (headers, expected) => {
  expect(retryAfter(new Headers({ ...headers }))).toEqual(expected);
});

const words = { code: 'course_full', message: 'Zoë has no seat: the course is full' };
const failure = (status: number, json?: unknown, headers: Readonly<Record<string, string>> = {}) => {
  const error = failureIn({ who: 'school', hidden: ['Zoë', '', ' '], status, json, headers: new Headers(headers) });
  return { kind: pluginErrorKind(error), code: error.code, message: error.message, wait: error.retryAfterMs };
};

it('repeats a refusal, without people', () => {
  const message = 'the school refused: … has no seat: the course is full';
  for (const status of [400, 401, 403, 404, 410, 422])
    expect(failure(status, words)).toEqual({ kind: 'permanent', code: 'course_full', message, wait: undefined });
  expect(failure(400, { ...words, message: 'x'.repeat(5_000) }).message).toHaveLength(
    'the school refused: '.length + 300,
  );
});

it.each([408, 409, 425, 500, 503, 599])('tries again after %d, whatever it says', (status) => {
  expect(failure(status, words, { 'retry-after': '2' })).toEqual({
    kind: 'retryable',
    code: 'school_unavailable',
    message: `the school answered ${status}`,
    wait: 2_000,
  });
});

it.each([
  undefined,
  null,
  'no',
  [],
  {},
  { ...words, code: 'Full!' },
  { ...words, message: '' },
  { ...words, message: 7 },
])('takes %j for words of somebody else', (json) => {
  expect(failure(404, json)).toMatchObject({ kind: 'retryable', code: 'school_unavailable' });
});

it('knows limits of the rate, and what is gone', () => {
  const limited = {
    kind: 'retryable',
    code: 'school_rate_limited',
    message: 'the school limits the rate',
    wait: 7_000,
  };
  expect(failure(429, words, { 'retry-after': '7' })).toEqual(limited);
  expect(failure(410)).toMatchObject({ kind: 'permanent', code: 'school_refused', message: 'the school answered 410' });
});
