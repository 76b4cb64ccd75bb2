import { z } from 'zod';
import { createSigner, retiredKey } from './signed-key.js';
import type { PublicLicenseKey, Signer } from './signed-key.js';

/** Never shows the key itself, in no message. */
const pem = <Key>(read: (text: string) => Key) =>
  z.string().transform((text, context): Key => {
    try {
      return read(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'is no Ed25519 key in PEM form', input: '(hidden)' });
      return z.NEVER;
    }
  });

/** What the configuration may say. */
export const licenseKeyOptions = z
  .strictObject({
    signing: z
      .strictObject({
        /** PEM (PKCS #8) of an Ed25519 key: `openssl genpkey -algorithm ed25519`. */
        privateKey: pem<Signer>(createSigner),
        /** PEM (SPKI) of keys that signed before, published for as long as their license keys are in use. */
        retired: z.array(pem<PublicLicenseKey>(retiredKey)).default([]),
      })
      .exactOptional(),
  })
  .transform(({ signing }) => ({ signer: signing?.privateKey, retired: signing?.retired ?? [] }));
