import { isIP } from 'node:net';
import { addressProblem } from './address-policy.js';

const MAX_URL_BYTES = 2048;

/** Names that never belong to a public host: RFC 6761, RFC 6762, RFC 8375, RFC 9476 and ICANN's `.internal`. */
const PRIVATE_SUFFIXES = [
  'localhost',
  'localdomain',
  'local',
  'internal',
  'intranet',
  'lan',
  'home.arpa',
  'corp',
  'home',
  'private',
  'test',
  'example',
  'invalid',
  'onion',
  'alt',
  'in-addr.arpa',
  'ip6.arpa',
];

/** Below this, every port but the web's own belongs to another protocol. */
const FIRST_FREE_PORT = 1024;

/** What a URL is checked against. `allowLoopback` is the development switch; it brings plain HTTP along unless `allowHttp` says otherwise. */
export interface UrlPolicy {
  readonly allowLoopback: boolean;
  readonly allowHttp?: boolean;
}

/** Why a URL is refused, in a sentence for its owner, and under which code of the sender. */
export interface UrlProblem {
  readonly code: 'url_refused' | 'address_refused';
  readonly reason: string;
}

/**
 * Why webhooks are not posted to a URL; undefined when they may be. Looks at the text alone and asks no name server, so it serves at the moment of saving; where a name
 * leads is checked at every connection.
 */
export const checkWebhookUrl = (request: UrlPolicy & { readonly url: string }): string | undefined =>
  urlProblem(request)?.reason;

/** {@link checkWebhookUrl} with the code that the sender rejects with. */
export function urlProblem({ url, ...policy }: UrlPolicy & { readonly url: string }): UrlProblem | undefined {
  const refused = textProblem(url) ?? partsProblem(new URL(url), policy);
  if (refused !== undefined) return { code: 'url_refused', reason: refused };
  const reason = hostProblem(new URL(url).hostname, policy.allowLoopback);
  return reason === undefined ? undefined : { code: 'address_refused', reason };
}

/** The host of a URL as sockets want it: IPv6 without brackets. */
export const bareHost = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');

/** What the URL parser would forgive, or fold away before anyone could look at it. */
function textProblem(url: string): string | undefined {
  if (Buffer.byteLength(url) > MAX_URL_BYTES) return `The URL is longer than ${MAX_URL_BYTES} bytes.`;
  if (/[\p{Cc} \\]/u.test(url)) return 'The URL contains a space, a control character or a backslash.';
  if (!URL.canParse(url)) return 'The URL cannot be read.';
  return url.includes('#') ? 'The URL has a fragment (#…), which is never sent.' : undefined;
}

function partsProblem(url: URL, { allowLoopback, allowHttp = allowLoopback }: UrlPolicy): string | undefined {
  if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:')) return 'The URL must begin with https://.';
  if (url.username !== '' || url.password !== '')
    return 'The URL contains a user name or password; use a custom header instead.';
  const port = Number(url.port);
  return port !== 0 && port < FIRST_FREE_PORT && port !== 80 && port !== 443
    ? `Port ${port} belongs to another protocol.`
    : undefined;
}

/** With loopback allowed, any name may lead to this machine: then the addresses behind it decide alone. */
function hostProblem(hostname: string, allowLoopback: boolean): string | undefined {
  const host = bareHost(hostname).replace(/\.$/, '');
  if (isIP(host) !== 0) {
    const problem = addressProblem({ address: host, allowLoopback });
    return problem === undefined ? undefined : `The address ${host} ${problem}.`;
  }
  if (allowLoopback) return undefined;
  const isPrivate = !host.includes('.') || PRIVATE_SUFFIXES.some((suffix) => host.endsWith(`.${suffix}`));
  return isPrivate ? `The name ${host} is not one of the public Internet.` : undefined;
}
