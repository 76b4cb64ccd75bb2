import { randomUUID } from 'node:crypto';
import type { FakeCharge, FakeIntent, FakeRefund, FakeSession } from './fake-objects.js';

/** Everything that the fake knows, newest first, and what it does wrong next. */
export interface FakeBooks {
  readonly intents: FakeIntent[];
  readonly sessions: FakeSession[];
  readonly refunds: FakeRefund[];
  /** Begins the addresses of pages. */
  readonly origin: () => string;
  /** Told of everything that happens, for webhooks. */
  readonly happened: (type: string, object: FakeIntent | FakeSession | FakeRefund | FakeCharge) => void;
  /** How much more the next capture takes. */
  more: number;
}

export const openBooks = (own: Pick<FakeBooks, 'origin' | 'happened'>): FakeBooks => ({
  intents: [],
  sessions: [],
  refunds: [],
  more: 0,
  ...own,
});

export const newId = (prefix: string): string => `${prefix}_${randomUUID().replaceAll('-', '').slice(0, 24)}`;
export const seconds = (): number => Math.floor(Date.now() / 1_000);
