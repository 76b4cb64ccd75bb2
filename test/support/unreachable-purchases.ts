import { DomainError } from '@payonce/engine/domain';
import type { PurchaseClient } from '@payonce/engine/client';

const unreachable = async (): Promise<never> => {
  throw new DomainError(
    'SERVICE_UNAVAILABLE',
    'the purchase service cannot be reached right now: try again in a moment',
  );
};

/** The door to a purchase service that is down: what is stored waits for it. */
export const unreachablePurchases: Pick<PurchaseClient, 'start' | 'submit' | 'buyerReturned'> = {
  start: async () => undefined,
  submit: unreachable,
  buyerReturned: unreachable,
};
