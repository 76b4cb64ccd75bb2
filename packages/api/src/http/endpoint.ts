import type { Id, Scope } from '@payonce/engine/domain';
import type { Answer } from './answer.js';

/** A request as handlers see it: read, but not yet parsed. */
export interface Asked {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** The JSON body; undefined when none was sent. */
  readonly body: unknown;
}

/** A request of somebody whose key we know. The scope is the key's: handlers have no other way to say whose data they mean. */
export interface AskedByCaller extends Asked {
  readonly scope: Scope;
  /** The id of that kind that this request makes: the same one over every repetition with the same idempotency key. Only kinds that the endpoint declares. */
  id<Prefix extends string>(prefix: Prefix): Id<Prefix>;
}

interface Place {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As Express writes it: '/products/:id'. */
  readonly path: string;
}

/** A route that needs a secret key. */
export interface KeyedEndpoint extends Place {
  readonly access: 'key';
  /** Prefixes of the ids that a POST mints. */
  readonly mints?: readonly string[];
  /** A field of the body that may hold the idempotency key instead of the header. */
  readonly keyField?: string;
  /** Whether a retry without a key gets the answer that its first try never received. */
  readonly replaysUnflushed?: boolean;
  answer(asked: AskedByCaller): Promise<Answer>;
}

/** A route that anybody may call, within rate limits. */
export interface PublicEndpoint extends Place {
  readonly access: 'public';
  answer(asked: Asked): Promise<Answer>;
}

/** A request of a fulfillment provider that works outside of this installation. */
export interface AskedByProvider extends Asked {
  readonly scope: Scope;
  /** Whose grants it may see. */
  readonly provider: string;
}

/** A route that needs the key of a fulfillment provider, within rate limits. Repetitions are told apart by what is stored, so no idempotency key is needed. */
export interface ProviderEndpoint extends Place {
  readonly access: 'provider';
  answer(asked: AskedByProvider): Promise<Answer>;
}

/** One route of the API: everything that is true of it in one place, so that tests can walk all of them. */
export type Endpoint = KeyedEndpoint | ProviderEndpoint | PublicEndpoint;
