import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeSecretFile } from '../secret-file.js';
import type { Environment } from './stack.js';

const FILE = 'environment.json';

/** The folder of the stack that npm start runs. */
export const dataFolder = (environment: Environment): string => resolve(environment['PAYONCE_DATA'] || '.payonce');

/** Writes down how commands reach a running stack. */
export const rememberEnvironment = (folder: string, environment: Environment): Promise<void> =>
  writeSecretFile({ path: join(folder, FILE), text: `${JSON.stringify(environment, null, 2)}\n` });

/** The given environment, or that of the stack of npm start when it names no server: from a checkout, `payonce stuck` needs no settings. */
export function environmentOrLocal(environment: Environment): Environment {
  if (environment['MONGODB_URI'] || environment['TEMPORAL_ADDRESS']) return environment;
  const path = join(dataFolder(environment), FILE);
  try {
    const local: Environment = JSON.parse(readFileSync(path, 'utf8'));
    return { ...environment, ...local };
  } catch {
    return environment;
  }
}
