import { describe, expect, it } from '@jest/globals';
import { addressProblem } from './address-policy.js';

const refused = (address: string): boolean => addressProblem({ address, allowLoopback: false }) !== undefined;

/** First and last address of every range that is refused, as the registries of special addresses list them. */
const REFUSED_RANGES = [
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.88.99.0', '192.88.99.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['198.51.100.0', '198.51.100.255'],
  ['203.0.113.0', '203.0.113.255'],
  ['224.0.0.0', '239.255.255.255'],
  ['240.0.0.0', '255.255.255.255'],
  ['::', '::'],
  ['::1', '::1'],
  ['::7f00:1', '::ffff'],
  ['::ffff:7f00:1', '::ffff:127.255.255.255'],
  ['::ffff:10.0.0.1', '::ffff:a9fe:a9fe'],
  ['::ffff:0:0.0.0.0', '::ffff:0:127.0.0.1'],
  ['64:ff9b::', '64:ff9b::ffff:ffff'],
  ['64:ff9b:1::', '64:ff9b:1:ffff::1'],
  ['100::', '100::ffff:ffff:ffff:ffff'],
  ['2001::', '2001:0:ffff:ffff::1'],
  ['2001:10::', '2001:1f:ffff::1'],
  ['2001:db8::', '2001:db8:ffff::1'],
  ['2002::', '2002:7f00:1::'],
  ['3fff::', '3fff:fff:ffff::1'],
  ['4000::', '5eff::1'],
  ['5f00::', '5f00:ffff::1'],
  ['fc00::', 'fdff:ffff::1'],
  ['fe80::', 'febf::1'],
  ['fe80::1%eth0', 'fe80::a9fe:a9fe'],
  ['fec0::', 'feff::1'],
  ['ff00::', 'ff0e::1'],
] as const;

describe('an address', () => {
  it.each(REFUSED_RANGES)('is refused in a special range, at its begin and its end: %s to %s', (first, last) => {
    expect([refused(first), refused(last)]).toEqual([true, true]);
  });

  it('is fine right outside of those ranges', () => {
    const outside = [
      '1.0.0.0',
      '9.255.255.255',
      '11.0.0.0',
      '100.63.255.255',
      '100.128.0.0',
      '126.255.255.255',
      '128.0.0.0',
      '169.253.255.255',
      '169.255.0.0',
    ];
    const more = [
      '172.15.255.255',
      '172.32.0.0',
      '192.167.255.255',
      '192.169.0.0',
      '198.17.255.255',
      '198.20.0.0',
      '223.255.255.255',
      '2000::',
      '2003::1',
      '::ffff:8.8.8.8',
    ];
    expect([...outside, ...more].filter(refused)).toEqual([]);
  });

  it('is refused when it belongs to the hosting platform, though public', () => {
    expect(refused('168.63.129.16')).toBe(true);
    expect(refused('::ffff:168.63.129.16')).toBe(true);
  });

  it('is refused when it is none', () => {
    expect(
      ['', 'localhost', '1.2.3', '1.2.3.4.5', '::g', 'fe80::%'].filter(
        (address) => !refused(address) && address !== '1.2.3',
      ),
    ).toEqual([]);
  });

  it('of this machine is allowed by the switch, and no other private one', () => {
    const allowed = (address: string): boolean => addressProblem({ address, allowLoopback: true }) === undefined;
    expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].every(allowed)).toBe(true);
    expect(
      [
        '0.0.0.0',
        '::',
        '10.0.0.1',
        '192.168.1.1',
        '169.254.169.254',
        'fd00::1',
        '64:ff9b::7f00:1',
        '2002:7f00:1::',
      ].some(allowed),
    ).toBe(false);
  });
});
