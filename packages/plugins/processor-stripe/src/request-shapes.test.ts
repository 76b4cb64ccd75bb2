import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PluginHost, ProcessorAdapter } from '@payonce/plugin-sdk';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import { adapterFor, callFor, newPayment } from './testing/bench.js';

const executable = process.env['PAYONCE_TEST_STRIPE_MOCK_EXECUTABLE'];

/** Runs where stripe-mock is, or can be built. */
const described = executable === undefined ? describe.skip : describe;

let mock: ChildProcess;
let recorder: Server;
let origin: string;
/** What was asked, and what stripe-mock found wrong with it. */
const asked: { readonly request: string; readonly status: number; readonly problem: string }[] = [];

/** Starts stripe-mock, on a port of its choice. */
async function startMock(program: string): Promise<string> {
  mock = spawn(program, ['-http-addr', '127.0.0.1:0', '-https-addr', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (mock.stdout === null) throw new TypeError('stripe-mock has no output');
  for await (const line of createInterface(mock.stdout)) {
    const [, address] = /Listening for HTTP at address: (\S+)/.exec(line) ?? [];
    if (address !== undefined) return `http://${address}`;
  }
  throw new Error('stripe-mock ended before it listened');
}

/** Of a page this is newer than the newest stripe-mock. It is checked by the types of the official client, which are made of the same description. */
const TOO_NEW = /&?allowed_payment_method_types\[\d\]=\w+/g;
const known = (path: string, body: string): string =>
  path === '/v1/checkout/sessions' ? body.replace(TOO_NEW, '') : body;

/** The samples that stripe-mock answers with, as if they were about our payment and in a state that more can be asked of. */
const samples: Readonly<Record<string, object>> = {
  payment_intent: { metadata: { payonce_reference: 'att_1' }, status: 'requires_capture', amount_capturable: 1255 },
  'checkout.session': { client_reference_id: 'att_1', status: 'open', url: 'https://checkout.example/1' },
};
const asOurs = (text: string): string => {
  const sample = JSON.parse(text);
  return JSON.stringify({ ...sample, ...samples[sample.object] });
};

/** Hands everything on and writes down how it went. */
async function startRecorder(): Promise<number> {
  recorder = createServer((request, response) => {
    void (async () => {
      const { method = 'GET', url = '/' } = request;
      const body = (await request.setEncoding('utf8').toArray()).join('');
      const { authorization = '', 'content-type': type = '' } = request.headers;
      const sent = {
        method,
        headers: { authorization, 'content-type': type },
        ...(method === 'POST' && { body: known(url, body) }),
      };
      const answer = await fetch(`${origin}${url}`, sent);
      const text = await answer.text();
      const path = url.replace(/\?.*/, '').replace(/(pi|cs_test|re)_\w+/, '$1_…');
      asked.push({ request: `${method} ${path}`, status: answer.status, problem: answer.ok ? '' : text });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.ok ? asOurs(text) : text);
    })();
  }).listen(0, '127.0.0.1');
  await once(recorder, 'listening');
  return (recorder.address() as AddressInfo).port;
}

described('requests that Stripe’s own description of its API allows (stripe-mock)', () => {
  let adapter: ProcessorAdapter;
  let detailed: ProcessorAdapter;

  beforeAll(async () => {
    origin = await startMock(executable ?? '');
    const api = { protocol: 'http', host: '127.0.0.1', port: await startRecorder() } as const;
    const host: PluginHost = memoryHost();
    adapter = await adapterFor({ fake: { api }, host });
    const options = { captureMethod: 'manual', paymentMethodTypes: ['card', 'sepa_debit'] };
    detailed = await adapterFor({ fake: { api }, host, options });
  }, 60_000);

  afterAll(async () => {
    recorder.close();
    mock.kill();
    await once(mock, 'exit');
  });

  /** Makes a call, whatever comes of it: stripe-mock answers with samples that are not about it. */
  const requests = async (call: Promise<unknown> | undefined): Promise<readonly string[]> => {
    const before = asked.length;
    await Promise.allSettled([call]);
    const made = asked.slice(before);
    expect(made.filter(({ status, problem }) => status !== 200 || problem !== '')).toEqual([]);
    return made.map(({ request }) => request).toSorted();
  };
  const amount = { amount: 1255, currency: 'EUR' } as const;
  const SESSIONS = '/v1/checkout/sessions';
  const INTENTS = '/v1/payment_intents';

  it('open a page', async () => {
    for (const by of [adapter, detailed])
      expect(await requests(by.createPayment(newPayment()))).toEqual([`POST ${SESSIONS}`]);
  });

  it('charge a token', async () => {
    const request = () => newPayment({ paymentMethod: 'pm_card_visa' });
    for (const by of [adapter, detailed])
      expect(await requests(by.createPayment(request()))).toEqual([`POST ${INTENTS}`]);
  });

  it('find a payment by our reference and by both ids', async () => {
    const reference = 'att_1';
    const all = [`GET ${SESSIONS}`, `GET ${INTENTS}`, `GET ${INTENTS}/search`];
    expect(await requests(adapter.retrievePayment(callFor({ reference })))).toEqual(expect.arrayContaining(all));
    const byId = (processorRef: string) => requests(adapter.retrievePayment(callFor({ reference, processorRef })));
    expect(await byId('pi_1')).toContain(`GET ${INTENTS}/pi_…`);
    expect(await byId('cs_test_1')).toContain(`GET ${SESSIONS}/cs_test_…`);
  });

  it('capture, cancel a payment and expire a page', async () => {
    const named = (processorRef: string) => callFor({ reference: 'att_1', processorRef });
    expect(await requests(detailed.capture?.({ ...named('pi_1'), amount }))).toContain(`POST ${INTENTS}/pi_…/capture`);
    expect(await requests(adapter.cancel(named('pi_1')))).toContain(`POST ${INTENTS}/pi_…/cancel`);
    expect(await requests(adapter.cancel(named('cs_test_1')))).toContain(`POST ${SESSIONS}/cs_test_…/expire`);
  });

  it('refund, by payment and by page, and find the refund', async () => {
    const refund = (processorRef: string) =>
      adapter.refund(
        callFor({ reference: 'ref_1', payment: { reference: 'att_1', processorRef }, amount, reason: 'asked for it' }),
      );
    expect(await requests(refund('pi_1'))).toEqual(['POST /v1/refunds']);
    expect(await requests(refund('cs_test_1'))).toContain(`GET ${SESSIONS}/cs_test_…`);
    expect(await requests(adapter.retrieveRefund(callFor({ reference: 'ref_1' })))).toContain('GET /v1/refunds');
    expect(await requests(adapter.retrieveRefund(callFor({ reference: 'ref_1', processorRef: 're_1' })))).toEqual([
      'GET /v1/refunds/re_…',
    ]);
  });
});
