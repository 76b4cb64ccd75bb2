import { expect, it } from '@jest/globals';
import { NotSentError, PermanentError, PluginError, RetryableError, pluginErrorKind } from './errors.js';

const problem = { code: 'tax_service_down', message: 'the tax service did not answer' };

it('tells the three kinds of plugin error apart', () => {
  expect(pluginErrorKind(new RetryableError(problem))).toBe('retryable');
  expect(pluginErrorKind(new PermanentError(problem))).toBe('permanent');
  expect(pluginErrorKind(new NotSentError(problem))).toBe('not_sent');
});

it('keeps code, message, cause and the wait that a plugin asks for', () => {
  const cause = new Error('ECONNRESET');
  const error = new RetryableError({ ...problem, retryAfterMs: 1_500, cause });
  expect(error).toMatchObject({
    name: 'RetryableError',
    code: problem.code,
    message: problem.message,
    retryAfterMs: 1_500,
    cause,
  });
  expect(error).toBeInstanceOf(Error);
});

it('asks for no wait when the plugin names none', () => {
  expect(new PermanentError(problem).retryAfterMs).toBeUndefined();
  expect(new NotSentError(problem).retryAfterMs).toBeUndefined();
});

it('recognizes an error made by another copy of the package', () => {
  const foreign = Object.assign(new Error('busy'), { [Symbol.for('payonce.plugin-error')]: 'retryable', code: 'busy' });
  expect(foreign).not.toBeInstanceOf(PluginError);
  expect(pluginErrorKind(foreign)).toBe('retryable');
});

it.each([undefined, null, 'retryable', 42, new Error('boom'), {}, { [Symbol.for('payonce.plugin-error')]: 'fatal' }])(
  'does not take %p for a plugin error',
  (thrown) => {
    expect(pluginErrorKind(thrown)).toBeUndefined();
  },
);
