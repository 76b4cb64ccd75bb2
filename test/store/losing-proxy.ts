import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Stands between a driver and its server and loses replies. */
export interface LosingProxy {
  /** The uri through the proxy. */
  readonly uri: string;
  /**
   * Lets the server do what the nth request from now on asks, and cuts the connection instead of passing the reply on.
   */
  loseReply(nth: number): void;
  /** How many replies were lost. */
  readonly lost: () => number;
  close(): void;
}

/** Greetings and heartbeats are not counted: they come at any time. */
const isGreeting = (reply: Buffer): boolean => reply.includes('maxWireVersion');

/** Opens a proxy in front of the server of a `mongodb://` uri. */
export async function losingProxy(uri: string): Promise<LosingProxy> {
  const { hostname, port } = new URL(uri);
  let untilLost = 0;
  let lost = 0;
  const server = createServer((driver) => {
    const upstream = connect(Number(port), hostname);
    const cut = () => [driver, upstream].forEach((socket) => socket.destroy());
    for (const socket of [driver, upstream]) socket.on('error', cut).on('close', cut);
    driver.pipe(upstream);
    upstream.on('data', (reply) => {
      if (!isGreeting(reply) && untilLost > 0 && --untilLost === 0) {
        lost += 1;
        cut();
      } else {
        driver.write(reply);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: ours } = server.address() as AddressInfo;
  return {
    uri: `mongodb://127.0.0.1:${ours}/?directConnection=true`,
    loseReply: (nth) => void (untilLost = nth),
    lost: () => lost,
    close: () => void server.close(),
  };
}
