import { describe, expect, it } from '@jest/globals';
import { readStaticLink } from './static-link.js';

describe('a static link', () => {
  it('sells one unit to nobody in particular when it says nothing', () => {
    expect(readStaticLink({}).request).toEqual({
      quantity: 1,
      email: null,
      name: null,
      billing: null,
      returnUrl: null,
      metadata: {},
    });
  });

  it('carries who buys, from where, how many, and where to go then', () => {
    const { request } = readStaticLink({
      quantity: '3',
      email: 'ada@example.com',
      firstName: 'Ada',
      lastName: 'Lovelace',
      country: 'us',
      state: 'ca',
      city: 'Beverly Hills',
      addressLine: 'Drive 1',
      zipCode: '90210',
      redirect_url: 'https://shop.example/thanks',
      metadata_campaign: 'spring',
      disableEmail: 'true',
      utm_source: 'x',
    });
    expect(request).toEqual({
      quantity: 3,
      email: 'ada@example.com',
      name: 'Ada Lovelace',
      billing: { country: 'US', state: 'CA', city: 'Beverly Hills', street: 'Drive 1', zipcode: '90210' },
      returnUrl: 'https://shop.example/thanks',
      metadata: { campaign: 'spring' },
    });
  });

  it('says the same again in the form that carries it on', () => {
    const link = readStaticLink({
      quantity: '3',
      fullName: 'Ada',
      country: 'DE',
      redirect_url: 'https://shop.example/?a=b',
      metadata_a: '<b>',
    });
    const again = readStaticLink(Object.fromEntries([...link.carried, ['quantity', '3']]));
    expect(again.request).toEqual(link.request);
  });

  it.each([
    { quantity: '0' },
    { quantity: '-1' },
    { quantity: 'abc' },
    { quantity: '1e9' },
    { quantity: '1.5' },
    { quantity: ['1', '2'] },
    { email: 'nobody' },
    { country: 'XX' },
    { redirect_url: 'javascript:alert(1)' },
    { redirect_url: '//evil.example' },
    { redirect_url: 'https://good@evil.example' },
    { 'metadata_<script>': 'x' },
    { metadata_a: ['x'] },
    { metadata_a: 'x'.repeat(501) },
    { fullName: 'x'.repeat(101) },
  ])('ignores what it cannot honor: %j', (query) => {
    expect(readStaticLink(query).request).toEqual(readStaticLink({}).request);
  });

  it('carries at most fifty pairs of metadata', () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`metadata_k${index}`, 'v']));
    expect(Object.keys(readStaticLink(many).request.metadata)).toHaveLength(50);
  });
});
