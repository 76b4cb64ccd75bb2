import { fileURLToPath } from 'node:url';
import { pythonWith } from '../../setup/python-program.js';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const EXAMPLE = '../../../examples/remote-worker-python';
const python = await pythonWith({ requirements: new URL(`${EXAMPLE}/requirements.txt`, import.meta.url) });

/** How the same provider is started that two people wrote who share nothing but the documentation; undefined where its language is not there. */
export const LANGUAGES: Readonly<Record<'node' | 'python', readonly [string, ...string[]] | undefined>> = {
  node: [process.execPath, path('worker.mjs')],
  python: python === undefined ? undefined : [python, path(`${EXAMPLE}/worker.py`)],
};

export type Language = keyof typeof LANGUAGES;

/** Those that can be started here. */
export const SPOKEN = (['node', 'python'] as const).filter((language) => LANGUAGES[language] !== undefined);
