import { createHmac } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { verifyTimed } from './timed-signature.js';

const secret = 'secret-of-an-endpoint';
const body = new TextEncoder().encode('{"id":"evt_1"}');
const now = new Date('2027-05-01T10:00:00.000Z');
const SECONDS = now.getTime() / 1_000;

const verdict = (signature: unknown) =>
  verifyTimed({
    headers: { 'Acme-Signature': signature },
    header: 'acme-signature',
    body,
    secrets: ['unused', secret],
    now,
  });
const hex = (seconds: number, key = secret): string =>
  createHmac('sha256', key).update(`${seconds}.`).update(body).digest('hex');
const fits = `t=${SECONDS},v1=${hex(SECONDS)}`;

it.each([
  ['one signature', fits],
  ['spaces between', fits.replace(',', ' , ')],
  ['several, while a secret is changed', `t=${SECONDS},v1=${hex(SECONDS, 'old')},v0=x,v1=${hex(SECONDS)}`],
  ['five minutes late', `t=${SECONDS - 300},v1=${hex(SECONDS - 300)}`],
])('believes %s', (_, signature) => {
  expect(verdict(signature)).toEqual({ verified: true });
});

it.each([
  [undefined, 'the signature is missing or cannot be read'],
  [[fits], 'the signature is missing or cannot be read'],
  ['', 'the signature is missing or cannot be read'],
  [`v1=${hex(SECONDS)}`, 'the signature is missing or cannot be read'],
  [`t=${SECONDS}`, 'the signature is missing or cannot be read'],
  [fits.slice(0, -2), 'the signature is missing or cannot be read'],
  [`t=${SECONDS},v1=${hex(SECONDS, 'other')}`, 'the signature does not fit the body'],
  [`t=${SECONDS + 1},v1=${hex(SECONDS)}`, 'the signature does not fit the body'],
  [`${fits}${`,v1=${hex(SECONDS)}`.repeat(10)}`, 'there are too many signatures'],
  [`t=${SECONDS - 301},v1=${hex(SECONDS - 301)}`, 'the signature is too old or from the future'],
  [`t=${SECONDS + 301},v1=${hex(SECONDS + 301)}`, 'the signature is too old or from the future'],
])('does not believe %s', (signature, reason) => {
  expect(verdict(signature)).toEqual({ verified: false, reason });
});

it('believes nothing without a secret', () => {
  const post = { headers: { 'acme-signature': fits }, header: 'acme-signature', body, now };
  expect(verifyTimed({ ...post, secrets: [] })).toMatchObject({ verified: false });
});
