import { createHash } from 'node:crypto';
import { Router } from 'express';
import { SCRIPT } from './script.js';
import { STYLES } from './styles.js';

const YEAR_SECONDS = 31_536_000;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);

/** Paths that change with the content, so that browsers may keep it for ever. */
export const SCRIPT_PATH = `/checkout-assets/${hashOf(SCRIPT)}.js`;
export const STYLE_PATH = `/checkout-assets/${hashOf(STYLES)}.css`;

/** Serves the script and the styles from memory. */
export function assetsRouter(): Router {
  const router = Router();
  for (const { path, type, text } of [
    { path: SCRIPT_PATH, type: 'text/javascript', text: SCRIPT },
    { path: STYLE_PATH, type: 'text/css', text: STYLES },
  ]) {
    router.get(path, (_request, response) => {
      response.set('Cache-Control', `public, max-age=${YEAR_SECONDS}, immutable`).type(type).send(text);
    });
  }
  return router;
}
