import ipaddr from 'ipaddr.js';

/** Addresses that are public by their range and yet lead to the host's own platform. */
const PLATFORM_SERVICES = new Set(['168.63.129.16']);

/**
 * Why we do not connect to an address; undefined for a public one, and for a loopback one where `allowLoopback` says so. Refused is everything that the address registries
 * call special: private, shared, link-local (cloud metadata), documentation, multicast, reserved, and every form of IPv6 that carries an IPv4 address inside.
 */
export function addressProblem({
  address,
  allowLoopback,
}: {
  readonly address: string;
  readonly allowLoopback: boolean;
}): string | undefined {
  if (!ipaddr.isValid(address)) return 'is not an address';
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range === 'loopback' && allowLoopback) return undefined;
  if (range !== 'unicast') return `is not public (${range})`;
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_UNICAST)) return 'is not public (unassigned)';
  return PLATFORM_SERVICES.has(parsed.toString()) ? 'belongs to the hosting platform' : undefined;
}

/** The only part of IPv6 that is handed out for public use. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
