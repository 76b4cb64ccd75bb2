import { afterEach, describe, expect, it } from '@jest/globals';
import { receivers } from '../../../../test/setup/receiver.js';
import { createHttpSender } from './http-sender.js';
import type { HttpSenderOptions } from './http-sender.js';

const { serve, close } = receivers();
afterEach(close);

/** Hosts that lead to this machine, to a private network or to a cloud's metadata, in every spelling that a URL parser folds. */
const HOSTS = `
  127.0.0.1 2130706433 0x7f000001 0x7f.1 0x7f.0.0.1 017700000001 0177.0.0.1 0177.0.1 127.1 127.0.1 127.0.0.1. ①②⑦.⓪.⓪.① ①②⑦.1 127。0。0。1
  127.0.0.1 %31%32%37.0.0.1 127.0.0.2 127.255.255.254 0 0.0.0.0 0x0 00.0.0.0 0.0.0.1
  [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [::7f00:1] [::ffff:0:127.0.0.1] [64:ff9b::7f00:1]
  [64:ff9b::127.0.0.1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:7f00:0001::1] [2001:0:7f00:1::] [fe80::1] [fec0::1] [fd00::1] [fc00::1]
  [fd00:ec2::254] [ff02::1] [100::1] [2001:db8::1]
  localhost localhost. LOCALHOST ⓛocalhost a.localhost localhost.localdomain ip6-localhost metadata.google.internal
  10.0.0.1 172.16.0.1 192.168.0.1 169.254.169.254 0xa9fea9fe 2852039166 100.100.100.200 198.18.0.1 255.255.255.255 224.0.0.1 168.63.129.16
  shop.com@127.0.0.1 shop.com:443@127.0.0.1 shop.com%40@127.0.0.1 127.0.0.1\\@shop.com 127.0.0.1#@shop.com
`
  .trim()
  .split(/\s+/);

/** 'ok', or the code of the failure. */
const outcomeOf = (url: string, options: HttpSenderOptions): Promise<string> =>
  createHttpSender(options)
    .post({ url, headers: {}, body: '{}', deadlineMs: 5000 })
    .then(
      () => 'ok',
      ({ code }: { code: string }) => code,
    );

describe('the way to private addresses is closed', () => {
  it('through every spelling of one, with a listener there to be hit', async () => {
    const { port, hits } = await serve();
    expect(HOSTS.length).toBeGreaterThanOrEqual(60);
    const outcomes = await Promise.all(
      HOSTS.map(async (host) => [
        host,
        await outcomeOf(`http://${host}:${port}/`, { allowLoopback: false, allowHttp: true }),
      ]),
    );
    expect(outcomes.filter(([, code]) => code !== 'address_refused' && code !== 'url_refused')).toEqual([]);
    expect(hits).toHaveLength(0);
  });

  it.each([
    [['127.0.0.1']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['10.1.2.3']],
    [['169.254.169.254']],
    [['8.8.8.8', '127.0.0.1']],
    [['2606:4700::1111', '::1']],
    [['127.1']],
    [['nonsense']],
  ])('through a public name, whatever its name server answers: %j', async (addresses) => {
    const { port, hits } = await serve();
    const options = { allowLoopback: false, allowHttp: true, resolve: async () => addresses };
    expect(await outcomeOf(`http://hooks.shop.com:${port}/`, options)).toBe('address_refused');
    expect(hits).toHaveLength(0);
  });

  it('through a name that answers well once and badly the next time: a post asks once and uses what it checked', async () => {
    const { port, hits } = await serve();
    let questions = 0;
    // 0.0.0.0 stands for the private network: it is refused, and leads to the same listener if anyone connects to it.
    const resolve = async (): Promise<readonly string[]> => (questions++ % 2 === 0 ? ['127.0.0.1'] : ['0.0.0.0']);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => outcomeOf(`http://rebind.shop.com:${port}/`, { allowLoopback: true, resolve })),
    );
    expect(questions).toBe(20);
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome === 'address_refused')).toHaveLength(10);
    expect(hits).toHaveLength(10);
  });

  it('in development as well, but for this machine itself', async () => {
    const { port, hits } = await serve();
    for (const host of ['0.0.0.0', '10.0.0.1', '[::]', '[fd00::1]', '169.254.169.254']) {
      expect(await outcomeOf(`http://${host}:${port}/`, { allowLoopback: true })).toBe('address_refused');
    }
    expect(hits).toHaveLength(0);
    for (const host of ['127.0.0.1', 'localhost', '127.0.0.1.', '2130706433']) {
      expect(await outcomeOf(`http://${host}:${port}/`, { allowLoopback: true })).toBe('ok');
    }
    expect(hits).toHaveLength(4);
  });

  it('over plain HTTP, unless the switch is on', async () => {
    const { port, hits } = await serve();
    for (const options of [{ allowLoopback: false }, { allowLoopback: true, allowHttp: false }]) {
      expect(await outcomeOf(`http://127.0.0.1:${port}/`, options)).toBe('url_refused');
    }
    expect(hits).toHaveLength(0);
  });
});
