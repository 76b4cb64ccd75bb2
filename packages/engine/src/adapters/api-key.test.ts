import { expect, it } from '@jest/globals';
import { apiKeyLast4, apiKeyMode, isApiKey, newApiKey, newProviderKey, providerKeyMode } from './api-key.js';

it('makes keys that name their mode and carry at least 190 random bits', () => {
  expect(newApiKey({ mode: 'test' })).toMatch(/^payonce_test_[0-9A-Za-z]{38}$/);
  expect(apiKeyMode(newApiKey({ mode: 'live' }))).toBe('live');
  expect(32 * Math.log2(62)).toBeGreaterThanOrEqual(190);
});

it('never makes the same key twice', () => {
  const keys = Array.from({ length: 1000 }, () => newApiKey({ mode: 'test' }));
  expect(new Set(keys).size).toBe(1000);
});

it('recognizes every single changed character, also in the checksum and in the mode', () => {
  const key = newApiKey({ mode: 'test' });
  const changed = [...key].map(
    (character, at) => key.slice(0, at) + (character === 'a' ? 'b' : 'a') + key.slice(at + 1),
  );
  expect(changed.filter(isApiKey)).toEqual([]);
  expect(isApiKey(key.replace('payonce_test_', 'payonce_live_'))).toBe(false);
});

it('refuses keys that are too short, too long or not a key at all', () => {
  const key = newApiKey({ mode: 'live' });
  const others = [
    '',
    'payonce_test_',
    key.slice(0, -1),
    `${key}0`,
    ` ${key}`,
    `${key}\n`,
    'sk_live_4242',
    key.toUpperCase(),
  ];
  expect(others.filter(isApiKey)).toEqual([]);
});

it('shows the last four characters only', () => {
  const key = newApiKey({ mode: 'test' });
  expect(apiKeyLast4(key)).toBe(key.slice(-4));
});

it('never takes the key of a provider for one of a merchant', () => {
  const [merchants, providers] = [newApiKey({ mode: 'test' }), newProviderKey({ mode: 'live' })];
  expect(providers).toMatch(/^payonce_provider_live_[0-9A-Za-z]{38}$/);
  expect([apiKeyMode(merchants), providerKeyMode(merchants)]).toEqual(['test', undefined]);
  expect([apiKeyMode(providers), providerKeyMode(providers)]).toEqual([undefined, 'live']);
  expect(providerKeyMode(`${providers.slice(0, -1)}_`)).toBeUndefined();
});
