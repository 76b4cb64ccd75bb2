/** A page of a list, newest first. */
export interface Page {
  /** 0-based. */
  readonly number: number;
  /** 1 to 100. */
  readonly size: number;
}

/** Limits a list to a span of creation times, ends included. */
export interface CreatedBetween {
  readonly createdFrom?: Date;
  readonly createdTo?: Date;
}
