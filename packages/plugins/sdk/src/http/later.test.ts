import { expect, it } from '@jest/globals';
import { maySucceedLater, retryAfter, unavailable } from './later.js';

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

it('tries again what is busy, too early or broken, and nothing else', () => {
  expect([408, 409, 425, 429, 500, 503, 599].every(maySucceedLater)).toBe(true);
  expect([200, 400, 401, 404, 410, 422].some(maySucceedLater)).toBe(false);
});

it('names who is not available, and how long to wait', () => {
  const headers = new Headers({ 'retry-after': '2' });
  expect(unavailable({ who: 'school', status: 429, headers })).toMatchObject({
    code: 'school_rate_limited',
    message: 'the school limits the rate',
    retryAfterMs: 2_000,
  });
  expect(unavailable({ who: 'school', status: 503, headers })).toMatchObject({
    code: 'school_unavailable',
    message: 'the school answered 503',
  });
});
