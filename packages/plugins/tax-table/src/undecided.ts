import type { TaxCategory } from '@payonce/plugin-sdk';

/** A cell that was looked at and has no one answer: how a thing is taxed there depends on more than its category. */
export interface Undecided {
  readonly jurisdiction: string;
  readonly category: TaxCategory;
  readonly why: string;
}
