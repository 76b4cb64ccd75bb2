import type { ApiSettings } from '../deps.js';

/** Where an image of the file store is shown. */
export const imageUrl = ({ publicUrl }: Pick<ApiSettings, 'publicUrl'>, key: string): string =>
  `${publicUrl}/images/${key}`;
