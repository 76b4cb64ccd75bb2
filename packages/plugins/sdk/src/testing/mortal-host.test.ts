import { expect, it } from '@jest/globals';
import { memoryHost } from './memory-host.js';
import { mortalHost } from './mortal-host.js';

it.each([
  ['before', undefined],
  ['after', 2],
] as const)('dies for good, %s the change that it does not live through', async (dies, kept) => {
  const host = memoryHost();
  const scope = { business: 'bus_1', mode: 'test' } as const;
  const mortal = mortalHost({ host, changes: 1, dies });
  const store = mortal.store(scope);
  expect(await store.insert('a', 1)).toBe(true);
  expect(await store.get('a')).toMatchObject({ value: 1 });
  expect(mortal.isDead()).toBe(false);
  await expect(store.insert('b', 2)).rejects.toThrow('killed');
  expect(mortal.isDead()).toBe(true);
  for (const call of [() => store.get('a'), () => store.list({ prefix: '' }), () => store.insert('c', 3)])
    await expect(call()).rejects.toThrow('killed');
  expect((await host.store(scope).get('b'))?.value).toBe(kept);
  expect(await host.store(scope).get('c')).toBeUndefined();
});
