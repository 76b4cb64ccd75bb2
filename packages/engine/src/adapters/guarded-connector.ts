import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { SendError, isSendError } from '../ports/send-error.js';
import { addressProblem } from './address-policy.js';
import { bareHost } from './webhook-url.js';

/** Answers every address of a name. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** As the machine resolves names, so that its hosts file counts and is checked as well. */
export const systemResolve: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address);

/** What a connection may reach, and how long it may take to open. */
export interface ConnectorPolicy {
  readonly allowLoopback: boolean;
  readonly resolve: Resolve;
  readonly timeoutMs: number;
  /** PEM; the certificate authorities that Node trusts when not given. */
  readonly ca?: string | undefined;
}

/**
 * Opens connections to public addresses only. A name is resolved once, inside the connection's own look-up; every address of the answer is checked and the socket gets
 * exactly what was checked. So a name server that changes its mind between two questions gains nothing: there is no second question.
 */
export function guardedConnector({ allowLoopback, resolve, timeoutMs, ca }: ConnectorPolicy): buildConnector.connector {
  const connect = buildConnector({
    lookup: guardedLookup({ allowLoopback, resolve }),
    timeout: timeoutMs,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 1000,
    maxCachedSessions: 0,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
  });
  return (options, callback) => {
    const host = bareHost(options.hostname);
    const problem = isIP(host) === 0 ? undefined : addressProblem({ address: host, allowLoopback });
    if (problem !== undefined) return callback(refusal(problem), null);
    connect(options, callback);
  };
}

type Guard = Pick<ConnectorPolicy, 'allowLoopback' | 'resolve'>;

function guardedLookup(guard: Guard): LookupFunction {
  return (hostname, options, callback) => {
    checkedAddresses(hostname, guard).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all === true) callback(null, addresses.map(toEntry));
        else callback(null, first, isIP(first));
      },
      (error: unknown) => callback(isSendError(error) ? error : unresolved(error), ''),
    );
  };
}

async function checkedAddresses(
  hostname: string,
  { allowLoopback, resolve }: Guard,
): Promise<readonly [string, ...string[]]> {
  const [first, ...others] = await resolve(hostname).catch((cause: unknown) => Promise.reject(unresolved(cause)));
  if (first === undefined) throw unresolved();
  for (const address of [first, ...others]) {
    const problem = addressProblem({ address, allowLoopback });
    if (problem !== undefined) throw refusal(problem);
  }
  return [first, ...others];
}

const toEntry = (address: string): { address: string; family: number } => ({ address, family: isIP(address) });

const refusal = (problem: string): SendError =>
  new SendError('address_refused', `The host has an address that ${problem}.`);

const unresolved = (cause?: unknown): SendError =>
  new SendError('name_not_resolved', 'The host name has no address.', { cause });
