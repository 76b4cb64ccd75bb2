import type { Delivered, Pending } from '../../delivered.js';
import type { Grant } from '../../fulfillment.js';
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
  /** Needed of a provider that has `reserve`: goods of which there is a number. */
  readonly limited?: LimitedGoods;
  /** Needed of a provider that has actions: how each of them is tried, by its name. */
  readonly actions?: Readonly<Record<string, ActionTrial>>;
}

/** Goods that can run out. */
export interface LimitedGoods {
  /** How many units there are, 1 to 20. */
  readonly capacity: number;
  /**
   * Set-up of a product with that many units, or a function that makes one. Every check sells a product of its own: a function is needed when units are counted by something
   * else than the product, or must be stocked first.
   */
  readonly settings: Json | ((stock: FreshStock) => Json | Promise<Json>);
  /** What a unit is after its grant was revoked: 'free' (when left out) can be sold again, 'spent' cannot. */
  readonly afterRevocation?: 'free' | 'spent';
}

/** Units that nobody asked for yet. */
export interface FreshStock {
  /** Never used before: 'stock-…'. */
  readonly name: string;
  /** Runs an action of the provider, to stock it; answers what the action answered. */
  act(action: string, input: Json): Promise<Json>;
}

/** How an action is tried. */
export interface ActionTrial {
  /** An input that it takes: it must answer 'done'. */
  input(sold: SoldGrant): Json | Promise<Json>;
  /** What the action changes, read afterwards: a repetition must leave it as it is. When left out, the answers of the repetitions must be the same. */
  effect?(sold: SoldGrant): Json | Promise<Json>;
}

/** A grant of the first settings that was just sold. */
export interface SoldGrant {
  /** What was sold. */
  readonly grant: Grant;
  /** What `fulfill` answered. */
  readonly answer: Delivered | Pending;
  /** Runs another action of the provider; answers what the action answered. */
  act(action: string, input: Json): Promise<Json>;
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
