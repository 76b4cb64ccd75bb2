import type { FulfillmentActionDone, JsonSchema, ProviderAction } from './action.js';
import type { Call, Mode } from './call.js';
import type { Delivered, Pending } from './delivered.js';
import type { Json } from './json.js';
import type { StandardSchema } from './standard-schema.js';

/** One right of one buyer: one entitlement of one unit of one line. */
export interface Grant {
  /** entg_…; the same over every repetition. */
  readonly id: string;
  /** pay_…, the purchase that it belongs to. */
  readonly payment: string;
  /** bus_…, whose product it is: {@link PluginHost.store} keeps the data of each apart. */
  readonly business: string;
  /** Test or live, as of the key that sold it. */
  readonly mode: Mode;
  /** pdt_… */
  readonly product: string;
  /** As the buyer read it. */
  readonly productName: string;
  /** 0-based, below the quantity of the line. */
  readonly unit: number;
  /** Who bought: cus_…, and where to write to. Never log the address or the name. */
  readonly customer: { readonly id: string; readonly email: string; readonly name: string };
  /** The product's set-up for this provider, parsed by the provider's own schema when the product was saved. */
  readonly settings: Json;
}

/** What is asked of a provider. */
export interface Fulfill extends Call {
  /** What is to be handed over, and to whom. */
  readonly grant: Grant;
}

/** Asks for access to end. */
export interface Revoke extends Call {
  /** The grant as `fulfill` saw it. */
  readonly grant: Grant;
  /** Why; it is the same whatever the reason, unless the other side wants to know. */
  readonly reason: RevokeReason;
  /** What `fulfill` answered; absent when nothing had been delivered yet. */
  readonly delivered?: Delivered;
}

/** Why access ends. */
export type RevokeReason = 'refund' | 'dispute_lost' | 'operator';

/** Asks for one unit to be set aside before the buyer is charged. */
export interface Reserve extends Call {
  /** The unit that is about to be paid, under the id that `fulfill` will name. */
  readonly grant: Grant;
}

/** Whether a unit is set aside. */
export type ReserveResult =
  | { readonly outcome: 'reserved' }
  /** Nothing is charged; the buyer reads the reason. */
  | { readonly outcome: 'sold_out'; readonly reason: string };

/** How a provider presents itself on admin pages. */
export interface FulfillmentDescription {
  /** One or two sentences: what a buyer gets. */
  readonly summary: string;
  /** What `settings` takes. */
  readonly settings: JsonSchema;
}

/** A public key as a JSON Web Key (RFC 7517). Never a private one. */
export interface PublishedKey {
  /** The key type: 'OKP', 'EC', 'RSA'. */
  readonly kty: string;
  /** Names the key in what it signed: keep old ones published while anything signed by them counts. */
  readonly kid: string;
  /** 'sig'. */
  readonly use?: string;
  /** The algorithm: 'EdDSA'. */
  readonly alg?: string;
  /** The curve: 'Ed25519'. */
  readonly crv?: string;
  /** The public part, base64url. */
  readonly x?: string;
}

/**
 * Hands over what was sold. The engine asks it once per grant, each grant for itself, from processes that may die at any moment: what must not happen twice is keyed by
 * `grant.id` or `idempotencyKey`.
 *
 * ```ts
 * const seats: FulfillmentProvider = {
 *   id: 'seats',
 *   displayName: 'Seats',
 *   reach: 'outside',
 *   settings: z.strictObject({ room: z.string() }),
 *   describe: () => ({ summary: 'A seat in a room.', settings: { type: 'object' } }),
 *   async fulfill({ grant, idempotencyKey, signal }) {
 *     const { seat } = await rooms.take({ grant: grant.id, idempotencyKey, signal });
 *     return { outcome: 'delivered', content: { kind: 'content', items: [{ label: 'Seat', value: seat }] } };
 *   },
 *   async revoke({ grant, idempotencyKey, signal }) {
 *     await rooms.free({ grant: grant.id, idempotencyKey, signal });
 *   },
 * };
 * ```
 */
export interface FulfillmentProvider {
  /**
   * Unique among fulfillment providers, small letters, digits and hyphens: 'license-keys'. Kept in every entitlement
   * that names it, so never change it.
   */
  readonly id: string;
  /** What merchants read. */
  readonly displayName: string;
  /** Parses a product's settings for this provider; refused settings are refused with the product. */
  readonly settings: StandardSchema<Json>;
  /** 'own_stores' says that no call leaves the process: the step is then cheaper to record. 'remote' says that a worker of its own does the work: see `taskQueue`. */
  readonly reach: 'own_stores' | 'outside' | 'remote';
  /**
   * There when, and only when, `reach` is 'remote': the Temporal task queue of that worker, which listens on `<taskQueue>-test` for test mode and on `<taskQueue>-live` for live
   * mode, and may be written in any language. `fulfill` and `revoke` are not called then: its activities `fulfillGrant` and `revokeGrant` are, at least once each, with
   * `{"grant":"entg_…"}`. It reads the grant and stores what it delivered over HTTP.
   */
  readonly taskQueue?: string;
  /** Called for every list of providers. Pure; a throw hides the provider's form, nothing else. */
  describe(): FulfillmentDescription;
  /**
   * For goods that can run out. Called at least once per unit when the buyer presses Pay, before anything is charged; what it sets aside stays so until `fulfill`,
   * `release` or `revoke`. Setting the same grant aside twice is once. A throw charges nothing. Called once more before every `fulfill`, since money can come after
   * a `release`: a grant that is set aside or handed over already stays as it is and is answered 'reserved'; 'sold_out' fails the grant, for a person to decide.
   */
  reserve?(request: Reserve): Promise<ReserveResult>;
  /** Called at least once when an attempt failed or the session ended unpaid, also for grants that were never set aside. What was handed over stays so, however late a repetition comes. Must be there when `reserve` is. */
  release?(request: Reserve): Promise<void>;
  /**
   * Called at least once per grant, after the money moved; more than once after a crash, with the same idempotency key and the same grant. A RetryableError is tried again
   * within the hour, at most eight times in all; then, and on a PermanentError at once, this grant waits for a person. Other grants of the purchase go on.
   */
  fulfill(request: Fulfill): Promise<Delivered | Pending>;
  /**
   * Called at least once when a grant ends, also for one that was never delivered; once more, with a key of its own, when a `fulfill` was under way then: take back what that
   * made. Revoking twice is one revocation. Throws are treated as in `fulfill`; the refund does not
   * wait for it.
   */
  revoke(request: Revoke): Promise<void>;
  /** Public keys of what this provider signs, served to everybody by `GET /.well-known/jwks.json`. Pure; a throw publishes none. */
  publishedKeys?(): readonly PublishedKey[];
  /** What merchants can do beside selling, by name in snake_case: `POST /fulfillment_providers/{id}/actions/{name}`. */
  readonly actions?: Readonly<Record<string, ProviderAction<FulfillmentActionDone>>>;
}
