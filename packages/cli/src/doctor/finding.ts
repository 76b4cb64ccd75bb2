/** What the doctor found about one thing. */
export interface Finding {
  readonly name: string;
  /** Empty when nothing is wrong; one line each. */
  readonly problems: readonly string[];
  /** What is right about it. */
  readonly note: string;
}
