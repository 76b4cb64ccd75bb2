/** The workflow's clock, in milliseconds since 1970: Temporal replaces the global one, so it says the same in a replay. */
export const now = (): number => Date.now();
