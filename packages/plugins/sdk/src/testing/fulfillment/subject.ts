import type { Json } from '../../json.js';
import type { Subject } from '../subject.js';

/** What a fulfillment provider is tried with. */
export interface FulfillmentProviderSubject extends Subject {
  /** Set-ups of products that the provider takes, by name; at least one: `{ 'a key for ever': { activationsLimit: null } }`. */
  readonly settings: Readonly<Record<string, Json>>;
  /** Set-ups that it must refuse, by name; at least one. */
  readonly refusedSettings: Readonly<Record<string, Json>>;
  /** Needed of a provider whose `reach` is 'outside': what really happened there. */
  readonly outside?: OutsideProbe;
}

/** The other side of a provider that calls out, as the author's fake of it knows it. */
export interface OutsideProbe {
  /** How often something was handed over for a grant. */
  deliveriesOf(grant: string): number | Promise<number>;
  /** Whether the buyer has access now. */
  hasAccess(grant: string): boolean | Promise<boolean>;
  /** It does what the next request asks, but its answer never arrives: the connection breaks. */
  loseNextAnswer(): void | Promise<void>;
  /** It takes the next request and does not answer until the connection closes. */
  holdNextAnswer(): void | Promise<void>;
  /** Ends all faults. */
  clear(): void | Promise<void>;
}
