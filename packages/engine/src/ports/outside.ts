import type { DeliveryId } from '../domain/ids.js';
import type { Scope } from '../domain/scope.js';

/** The time of day, as an argument. */
export interface Clock {
  now(): Date;
}

/** Makes ids: random at the edge, derived where the same parts must give the same id. */
export interface Ids {
  /** Prefix, underscore, 21 characters from a secure random source. */
  mint<Prefix extends string>(prefix: Prefix): `${Prefix}_${string}`;
  /** Prefix, underscore, 21 base64url characters of SHA-256 over the parts. */
  derive<Prefix extends string>(prefix: Prefix, ...parts: readonly string[]): `${Prefix}_${string}`;
}

/** Bytes by key. Keys are minted by us; a name that a person gave never becomes one. */
export interface FileStore {
  /** Writes all or nothing. Rejects with a DomainError PAYLOAD_TOO_LARGE over `maxBytes`. */
  put(file: {
    readonly key: string;
    readonly bytes: AsyncIterable<Uint8Array>;
    readonly maxBytes: number;
  }): Promise<{ readonly size: number; readonly sha256: string }>;
  size(key: string): Promise<number | undefined>;
  /** A span of the file, ends included. */
  read(request: { readonly key: string; readonly start: number; readonly end: number }): AsyncIterable<Uint8Array>;
  remove(key: string): Promise<void>;
}

/** Posts to addresses that strangers chose. Private and loopback addresses are refused at the moment of connecting, unless development allows them. */
export interface HttpSender {
  /** Posts once, follows no redirect. Any HTTP answer is returned; everything else rejects with a SendError. The body is the answer's first 2 kB, without control characters. */
  post(request: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    /** Connect, send and read together. */
    readonly deadlineMs: number;
  }): Promise<{ readonly status: number; readonly body: string; readonly retryAfterMs: number | null }>;
}

/** Seals what must not be readable in the database. */
export interface Secrets {
  /** Keyed hash for look-ups; the same text gives the same hash. */
  hash(text: string): string;
  /** Signs the parts of an expiring link. */
  sign(parts: readonly string[]): string;
  verify(request: { readonly parts: readonly string[]; readonly signature: string }): boolean;
}

/** Signs what is posted to merchants, as Standard Webhooks says. */
export interface WebhookSigner {
  /** The value of `webhook-signature`: one signature per secret, so that a rotated secret keeps verifying. */
  sign(message: {
    /** The value of `webhook-id`, without a dot. */
    readonly id: string;
    /** The value of `webhook-timestamp`: whole seconds since 1970. */
    readonly timestamp: number;
    /** Exactly what is posted. */
    readonly body: string;
    /** 'whsec_' and base64 each; newest first. */
    readonly secrets: readonly string[];
  }): string;
}

/** Gets deliveries going, each on its own; starting one twice is starting it once. */
export interface WebhookDispatcher {
  dispatch(request: Scope & { readonly delivery: DeliveryId }): Promise<void>;
}

/** Structured logging; the same shape as the plugins' logger. */
export type { PluginLogger as Logger } from '@payonce/plugin-sdk';
