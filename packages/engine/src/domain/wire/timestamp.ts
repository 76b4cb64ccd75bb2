/** An instant as the wire writes it: RFC 3339, UTC. */
export const timestamp = (at: Date): string => at.toISOString();

/** The same for an instant that may be missing. */
export const timestampOrNull = (at: Date | null): string | null => at && timestamp(at);
