import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Explained } from '../explained.js';
import { readIfThere, writeSecretFile } from '../secret-file.js';

const stackSecrets = z.strictObject({
  payonce: z.string().regex(/^[0-9a-f]{64}$/),
  sandboxKey: z.string().min(16),
  sandboxWebhook: z.string().min(16),
});

/** What the processes of a stack know of each other, and seal their records with. */
export type StackSecrets = z.output<typeof stackSecrets>;

/** Fresh ones. */
export const newSecrets = (): StackSecrets => ({
  payonce: randomBytes(32).toString('hex'),
  sandboxKey: `sk_sandbox_${randomBytes(24).toString('hex')}`,
  sandboxWebhook: `whsec_${randomBytes(32).toString('base64')}`,
});

/** Those in the file, made at the first time: records that were sealed with them stay readable. */
export async function keptSecrets(path: string): Promise<StackSecrets> {
  const text = await readIfThere(path);
  if (text === undefined) {
    const made = newSecrets();
    await writeSecretFile({ path, text: `${JSON.stringify(made, null, 2)}\n` });
    return made;
  }
  const parsed = stackSecrets.safeParse(parseJson(text));
  if (!parsed.success)
    throw new Explained(`${path} is damaged. Put it back, or remove its whole folder to begin anew.`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
