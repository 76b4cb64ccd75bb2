import type { Encryption } from '../ports/encryption.js';
import type { Codec } from './codec/codec.js';
import { CorruptDocumentError } from './errors.js';

/** One secret field of a collection, stored as a sealed text that opens in its own row and field only. */
export interface Sealed<Value> {
  seal(id: string, value: Value): string;
  /**
   * @throws CorruptDocumentError when it does not open: changed, moved from another row, or sealed with a key that is
   * not at hand
   */
  open(id: string, sealed: string): Value;
}

/** Seals values as JSON. The codec checks them in both directions. */
export function sealedField<Value>(place: {
  readonly collection: string;
  readonly field: string;
  readonly codec: Codec<Value>;
  readonly encryption: Encryption;
}): Sealed<Value> {
  const { collection, field, codec, encryption } = place;
  const aad = (id: string): string => JSON.stringify([collection, id, field]);
  return {
    seal: (id, value) => encryption.seal(JSON.stringify(codec.write(value, field)), aad(id)),
    open: (id, sealed) => {
      try {
        return codec.read(JSON.parse(encryption.open(sealed, aad(id))), field);
      } catch (cause) {
        throw new CorruptDocumentError({ collection, id, problem: `${field} does not open`, cause });
      }
    },
  };
}
