import type { WebhookEndpoint } from '../event.js';
import { timestamp } from './timestamp.js';

/** A webhook endpoint. Its secret and headers have answers of their own. */
export interface WireEndpoint {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly disabled: boolean;
  /** null for all types. */
  readonly filter_types: string[] | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly rate_limit: number | null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** GET /webhooks/{id}. */
export const toEndpoint = ({ endpoint }: { readonly endpoint: WebhookEndpoint }): WireEndpoint => ({
  id: endpoint.id,
  url: endpoint.url,
  description: endpoint.description,
  disabled: endpoint.disabled,
  filter_types: endpoint.filterTypes && [...endpoint.filterTypes],
  metadata: endpoint.metadata,
  rate_limit: endpoint.rateLimit,
  created_at: timestamp(endpoint.createdAt),
  updated_at: timestamp(endpoint.updatedAt),
});
