import { FakeError } from './fake-objects.js';

/** What was answered under an idempotency key. */
export interface FakeReply {
  readonly status: number;
  readonly body: unknown;
}

/** Keys and the requests that they came with. The first answer is kept, errors too. */
export interface FakeKeys {
  replay(key: string, request: string): FakeReply | undefined;
  keep(key: string, request: string, reply: FakeReply): void;
}

export function fakeKeys(): FakeKeys {
  const kept = new Map<string, { readonly request: string; readonly reply: FakeReply }>();
  return {
    replay(key, request) {
      const known = kept.get(key);
      if (known !== undefined && known.request !== request)
        throw new FakeError(400, { type: 'idempotency_error', message: 'this key came with other parameters' });
      return known?.reply;
    },
    keep: (key, request, reply) => void kept.set(key, { request, reply }),
  };
}
