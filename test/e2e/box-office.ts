import DodoPayments from 'dodopayments';
import type { Json } from '@payonce/plugin-sdk';
import type { WholeSystem } from './whole-system.js';

/** What an action of the tickets answered. */
export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A merchant who sells tickets, and the people at the gate. */
export interface BoxOffice {
  readonly client: DodoPayments;
  /** A product whose buyers get a ticket of an event with that many seats. Answers its id. */
  addEvent(capacity: number): Promise<string>;
  act(action: string, input: Json, idempotencyKey?: string): Promise<Answered>;
}

/** Opens one with the key of the first business. */
export function openBoxOffice({ url, key }: WholeSystem): BoxOffice {
  const client = new DodoPayments({ bearerToken: key, baseURL: url, maxRetries: 0, timeout: 120_000 });
  return {
    client,
    async addEvent(capacity) {
      const settings = {
        name: 'Letterpress',
        startsAt: '2027-05-01T19:30:00+02:00',
        endsAt: '2027-05-01T21:00:00+02:00',
        place: 'Hall 3',
        capacity,
      };
      const { id } = await client.post<{ id: string }>('/entitlements', {
        body: { name: 'A seat', provider: 'tickets', settings },
      });
      const { product_id } = await client.products.create({
        name: 'Letterpress workshop',
        tax_category: 'digital_products',
        price: {
          type: 'one_time_price',
          currency: 'EUR',
          price: 4900,
          discount: 0,
          tax_inclusive: true,
          purchasing_power_parity: false,
        },
        entitlements: [{ entitlement_id: id }],
      });
      return product_id;
    },
    async act(action, input, idempotencyKey) {
      const response = await fetch(`${url}/fulfillment_providers/tickets/actions/${action}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        },
        body: JSON.stringify(input),
      });
      return { status: response.status, body: (await response.json()) as Answered['body'] };
    },
  };
}
