import { describe, expect, it } from '@jest/globals';
import { checkWebhookUrl, urlProblem } from './webhook-url.js';

const PRODUCTION = { allowLoopback: false };
const DEVELOPMENT = { allowLoopback: true };

describe('a webhook URL', () => {
  it.each([
    'https://hooks.shop.com/payonce',
    'https://shop.com:8443/a?b=c',
    'https://1.1.1.1/',
    'https://[2606:4700::1111]/hook',
    'https://bücher.de/hook',
    'https://shop.com.',
  ])('is fine when it is HTTPS to a public host: %s', (url) =>
    expect(checkWebhookUrl({ url, ...PRODUCTION })).toBeUndefined(),
  );

  it.each([
    ['http://shop.com/', 'https://'],
    ['ftp://shop.com/', 'https://'],
    ['file:///etc/passwd', 'https://'],
    ['javascript:alert(1)', 'https://'],
    ['//shop.com/', 'cannot be read'],
    ['shop.com', 'cannot be read'],
    ['', 'cannot be read'],
    ['https://', 'cannot be read'],
    ['https://1.2.3.4.5/', 'cannot be read'],
    ['https://user:secret@shop.com/', 'user name or password'],
    ['https://shop.com@127.0.0.1/', 'user name or password'],
    ['https://:secret@shop.com/', 'user name or password'],
    ['https://shop.com/#part', 'fragment'],
    ['https://shop.com/#', 'fragment'],
    ['https://shop.com\\@127.0.0.1/', 'backslash'],
    [' https://shop.com/', 'space'],
    ['https://shop.com/a\r\nx-evil: 1', 'control character'],
    ['https://sh\top.com/', 'control character'],
    ['https://shop.com:25/', 'Port 25'],
    ['https://shop.com:22/', 'Port 22'],
    [`https://shop.com/${'a'.repeat(2048)}`, '2048 bytes'],
    [`https://shop.com/${'é'.repeat(1020)}`, '2048 bytes'],
    ['https://localhost/', 'not one of the public Internet'],
    ['https://api.localhost/', 'not one of the public Internet'],
    ['https://metadata.google.internal/', 'not one of the public Internet'],
    ['https://printer.local/', 'not one of the public Internet'],
    ['https://mongodb:27017/', 'not one of the public Internet'],
    ['https://169.254.169.254/latest/meta-data', 'linkLocal'],
    ['https://10.0.0.1/', 'private'],
  ])('is refused with its reason: %s (%s)', (url, reason) => {
    expect(checkWebhookUrl({ url, ...PRODUCTION })).toContain(reason);
  });

  it('may be plain HTTP to this machine in development', () => {
    for (const url of [
      'http://localhost:4000/hook',
      'http://127.0.0.1/',
      'http://[::1]:3000/',
      'http://receiver:3000/',
    ]) {
      expect(checkWebhookUrl({ url, ...DEVELOPMENT })).toBeUndefined();
    }
  });

  it('must be HTTPS in development too, when that is asked for', () => {
    expect(checkWebhookUrl({ url: 'http://localhost:4000/', allowLoopback: true, allowHttp: false })).toContain(
      'https://',
    );
  });

  it('may not lead into the private network in development either', () => {
    for (const url of ['http://10.0.0.1/', 'http://169.254.169.254/', 'http://0.0.0.0/', 'http://[fd00::1]/']) {
      expect(urlProblem({ url, ...DEVELOPMENT })?.code).toBe('address_refused');
    }
  });
});
