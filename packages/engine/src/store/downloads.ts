import type { DownloadStore } from '../ports/download-store.js';
import { list } from './codec/composites.js';
import { mapping } from './codec/mapping.js';
import { text } from './codec/scalars.js';
import { where } from './filter.js';
import type { TableDeps } from './table.js';
import { openTable } from './table.js';

interface Downloads {
  readonly id: string;
  /** The links that were opened, in order. */
  readonly links: readonly string[];
}

const downloads = mapping<Downloads>({
  collection: 'downloads',
  identity: 'id',
  fields: { id: text, links: list(text) },
});

/** A document is made once and gets links one at a time, so a second look settles every race. */
const LOOKS = 3;

/** Downloads, one document per grant and file. */
export function downloadStore(deps: TableDeps): DownloadStore {
  const table = openTable({ ...deps, mapping: downloads });
  return {
    async count({ grant, file, link, limit }) {
      const id = JSON.stringify([grant, file]);
      const isFree = { [`links.${limit - 1}`]: { $exists: false }, links: { $ne: link } };
      for (let looks = 0; looks < LOOKS; looks += 1) {
        const found = await table.byId(id);
        if (found?.links.includes(link)) return true;
        if (found && found.links.length >= limit) return false;
        const { changed } = await table.change({ ...where({ _id: id }), ...isFree }, { $push: { links: link } });
        if (changed || (!found && (await table.tryAdd({ id, links: [link] })))) return true;
      }
      return false;
    },
  };
}
