import { describe, expect, it } from '@jest/globals';
import { returnAddress, webAddress } from './return-url.js';

const payment = 'pay_AAAAAAAAAAAAAAAAAAAAA';
const to = (returnUrl: string) => returnAddress({ returnUrl, payment, status: 'succeeded' });

describe('the address that a buyer returns to', () => {
  it('gets payment_id and status', () => {
    expect(to('https://shop.example/thanks')).toBe(
      `https://shop.example/thanks?payment_id=${payment}&status=succeeded`,
    );
    expect(to('https://shop.example')).toBe(`https://shop.example/?payment_id=${payment}&status=succeeded`);
  });

  it('keeps its own query as it was spelled, and its fragment at the end', () => {
    expect(to('https://shop.example/thanks?a=b%20c&q=x+y#top')).toBe(
      `https://shop.example/thanks?a=b%20c&q=x+y&payment_id=${payment}&status=succeeded#top`,
    );
    expect(to('https://shop.example/?')).toBe(`https://shop.example/?payment_id=${payment}&status=succeeded`);
    expect(to('https://shop.example/?a=1&')).toBe(`https://shop.example/?a=1&payment_id=${payment}&status=succeeded`);
  });

  it('never carries two answers', () => {
    const address = new URL(to('https://shop.example/?status=succeeded&payment_id=pay_other&cart=7'));
    expect(address.searchParams.getAll('status')).toEqual(['succeeded']);
    expect(address.searchParams.getAll('payment_id')).toEqual([payment]);
    expect(address.searchParams.get('cart')).toBe('7');
  });
});

describe('an address to be linked', () => {
  it('is one of the web', () => {
    expect(webAddress('https://shop.example/a')).toBe('https://shop.example/a');
    expect(webAddress('http://localhost:3000/a')).toBe('http://localhost:3000/a');
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://shop.example',
    'https://good.example@evil.example',
    'https://good.example:443@evil.example/',
    '//evil.example',
    '\\\\evil.example',
    '/relative',
    '',
  ])('is never %j', (text) => {
    expect(webAddress(text)).toBeUndefined();
  });
});
