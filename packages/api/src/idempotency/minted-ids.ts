import { isId } from '@payonce/engine/domain';
import type { AskedByCaller } from '../http/endpoint.js';

/** Hands out the ids of a claim by their kind. */
export const mintedIds =
  (ids: Readonly<Record<string, string>>): AskedByCaller['id'] =>
  (prefix) => {
    const id = ids[prefix] ?? '';
    if (!isId(prefix, id)) throw new TypeError(`the endpoint declares no id of kind ${prefix}`);
    return id;
  };
