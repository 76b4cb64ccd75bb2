/**
 * Keeps secrets unreadable in the database. What is sealed can be read again by whoever has the key; a hash only finds what is already known.
 */
export interface Encryption {
  /** Seals a text for one place: `aad` names collection, id and field, so a sealed text that is moved to another row does not open. */
  seal(text: string, aad: string): string;
  /** @throws Error when the text was changed, was sealed for another place, or its key is not at hand */
  open(sealed: string, aad: string): string;
  /** Keyed hash for look-ups; the same text gives the same hash. */
  hash(text: string): string;
}
