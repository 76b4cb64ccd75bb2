import { expect, it } from '@jest/globals';
import { readableLine } from './log-line.js';

it('shows what was said and why, and leaves other lines as they are', () => {
  expect(readableLine('{"level":30,"time":1,"msg":"api ready"}')).toBe('info  api ready');
  expect(readableLine('{"level":"warn","msg":"slow","error":"late"}')).toBe('warn  slow: late');
  expect(readableLine('{"level":60,"err":{"message":"no database"},"msg":"did not start"}')).toBe(
    'fatal did not start: no database',
  );
  expect(readableLine('payonce api: MONGODB_URI: is missing')).toBe('payonce api: MONGODB_URI: is missing');
});
