import { expect, it } from '@jest/globals';
import { messageId, secretProblem, signedHeaders, verifySigned } from './standard-webhooks.js';

const SECRET = `whsec_${Buffer.alloc(32, 'a').toString('base64')}`;
const OTHER = `whsec_${Buffer.alloc(32, 'b').toString('base64')}`;
const at = new Date('2027-05-01T10:00:00.900Z');
const body = '{"type":"fulfill","name":"Zoë"}';
const headers = signedHeaders({ id: 'msg_1', secret: SECRET, body, at });

const reasonOf = (change: object) => {
  const verdict = verifySigned({ headers, body, secrets: [SECRET], now: at, ...change });
  return verdict.verified ? 'none' : verdict.reason;
};
const signedBy = (...signatures: readonly string[]) => ({
  headers: { ...headers, 'webhook-signature': signatures.join(' ') },
});
const own = String(headers['webhook-signature']);
const strange = String(signedHeaders({ id: 'msg_1', secret: OTHER, body, at })['webhook-signature']);

it('signs as the example of the standard is signed', () => {
  const example = signedHeaders({
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    body: '{"test": 2432232314}',
    at: new Date(1_614_265_330_000),
  });
  expect(example).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it.each<readonly [string, object]>([
  ['as it was sent', {}],
  ['by one of two secrets', { secrets: [OTHER, SECRET] }],
  ['as bytes', { body: new TextEncoder().encode(body) }],
  [
    'with headers in capitals',
    { headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k.toUpperCase(), v])) },
  ],
  ['among others, while a secret is changed', signedBy(strange, 'v1a,xyz', own)],
  ['five minutes late', { now: new Date('2027-05-01T10:05:00.000Z') }],
  ['five minutes ahead', { now: new Date('2027-05-01T09:55:00.000Z') }],
])('believes what comes %s', (_, change) => {
  expect(reasonOf(change)).toBe('none');
});

it.each<readonly [string, object, string]>([
  ['another body', { body: `${body} ` }, 'the signature does not fit the body'],
  ['another id', { headers: { ...headers, 'webhook-id': 'msg_2' } }, 'the signature does not fit the body'],
  ['another time', { headers: { ...headers, 'webhook-timestamp': '1' } }, 'the signature does not fit the body'],
  ['another secret', { secrets: [OTHER] }, 'the signature does not fit the body'],
  ['anything without a secret', { secrets: [] }, 'the signature does not fit the body'],
  ['another version', signedBy(own.replace('v1,', 'v2,')), 'the signature does not fit the body'],
  ['a signature cut short', signedBy(own.slice(0, -4)), 'the signature does not fit the body'],
  ['eleven signatures', signedBy(...Array.from({ length: 11 }, () => own)), 'there are too many signatures'],
  ['no headers', { headers: {} }, 'the signature is missing'],
  ['a list for a header', { headers: { ...headers, 'webhook-signature': [own] } }, 'the signature is missing'],
  ['a time that is none', { headers: { ...headers, 'webhook-timestamp': '1e9' } }, 'the signature is missing'],
  ['an old message', { now: new Date('2027-05-01T10:05:01.000Z') }, 'the signature is too old or from the future'],
  ['one of the future', { now: new Date('2027-05-01T09:54:59.000Z') }, 'the signature is too old or from the future'],
])('does not believe %s', (_, change, reason) => {
  expect(reasonOf(change)).toBe(reason);
});

it('asks for a secret that is long enough, and does not repeat it', () => {
  expect(secretProblem(SECRET)).toBeUndefined();
  expect(secretProblem('whsec_c2hvcnQ=')).toBe('is not of 24 to 64 bytes');
  expect(secretProblem(`whsec_${Buffer.alloc(65).toString('base64')}`)).toBe('is not of 24 to 64 bytes');
  for (const secret of ['', 'whsec_', SECRET.slice(6), 'whsec_not base64'])
    expect(secretProblem(secret)).toBe('is not whsec_ and base64');
  const refusal = 'the secret for signing is not whsec_ and base64';
  expect(() => signedHeaders({ id: 'msg_1', secret: 'hunter2', body, at })).toThrow(new TypeError(refusal));
  expect(() => verifySigned({ headers, body, secrets: ['hunter2'], now: at })).toThrow(new TypeError(refusal));
});

it('makes the same id of the same text', () => {
  expect(messageId('fulfill key')).toMatch(/^msg_[\w-]{43}$/);
  expect(messageId('fulfill key')).toBe(messageId('fulfill key'));
  expect(messageId('fulfill key')).not.toBe(messageId('revoke key'));
});
