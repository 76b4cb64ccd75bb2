import type { GrantId } from '../domain/ids.js';

/** A link to a file of a grant that is being opened. */
export interface OpenedLink {
  readonly grant: GrantId;
  readonly file: string;
  /** Tells one link from the next. */
  readonly link: string;
  /** How many links may be opened, at least 1. */
  readonly limit: number;
}

/** How often buyers fetched what they bought. */
export interface DownloadStore {
  /** Counts each link once, however often it is opened: a download that is resumed, or fetched in parts, is one. False when as many links were opened before. */
  count(opened: OpenedLink): Promise<boolean>;
}
