import type { Currency } from '../../money.js';
import type { Rate } from '../../rate.js';
import type { TaxBuyer, TaxReason, TaxSeller, TaxableLine } from '../../tax.js';
import type { Subject } from '../subject.js';

/** What a tax calculator is tried with. */
export interface TaxCalculatorSubject extends Subject {
  /** Sales whose rates the author knows, by name; at least one where tax is due: `{ 'a German buyer': { buyer, rates: ['19/100'] } }`. */
  readonly cases: Readonly<Record<string, TaxCase>>;
  /** For calculators that ask a service; one that only computes leaves it out. */
  readonly faults?: TaxFaults;
  /** For calculators with `commit`: how many sales the service has on record for a payment. */
  readonly recordsOf?: (payment: string) => number | Promise<number>;
}

/** One sale, and the rates that are due on it. */
export interface TaxCase {
  /** Who buys, where. */
  readonly buyer: TaxBuyer;
  /** A seller in the buyer's country when left out. */
  readonly seller?: TaxSeller;
  /** EUR when left out. */
  readonly currency?: Currency;
  /** RFC 3339 date; today when left out. */
  readonly date?: string;
  /** One line of a digital product when left out. */
  readonly lines?: readonly TaxableLine[];
  /** Of the first line, in any order; '19/100' and '0.19' are the same. */
  readonly rates: readonly Rate[];
  /** Of the first line. */
  readonly reason?: TaxReason;
}

/** What an author's fake of the service can do. */
export interface TaxFaults {
  /** The service does what the next request asks, but its answer never arrives: the connection breaks. */
  loseNextAnswer(): void | Promise<void>;
  /** The service takes the next request and does not answer until the connection closes. */
  holdNextAnswer(): void | Promise<void>;
  /** Ends all faults. */
  clear(): void | Promise<void>;
}
