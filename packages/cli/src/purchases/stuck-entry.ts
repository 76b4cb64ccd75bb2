/** Something that does not go on by itself. */
export interface Stuck {
  /** The payment, session or other object concerned. */
  readonly object: string;
  readonly since: Date;
  /** What it is, and what is known of its reason. */
  readonly what: string;
  /** What to do, as a command where there is one. */
  readonly todo: string;
}

/** What is looked for. */
export interface StuckQuery {
  readonly now: Date;
  /** How far back records are compared with workflows. */
  readonly days: number;
}
