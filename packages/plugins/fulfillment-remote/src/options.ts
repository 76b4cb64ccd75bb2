import { describedSettings } from '@payonce/plugin-sdk/json-schema';
import { z } from 'zod';

/** A provider and where its worker listens. */
export const remoteOptions = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { message: "is not like 'acme-seats'" }),
  displayName: z.string().min(1).max(100),
  /** The worker polls `<taskQueue>-test` for test mode and `<taskQueue>-live` for live mode. */
  taskQueue: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/, { message: "is not like 'acme-seats'" }),
  /** What a buyer gets, in one or two sentences. */
  summary: z.string().min(1).max(500),
  /** What products say for this provider: JSON Schema, draft 2020-12, of type object. Any object when left out. */
  settings: describedSettings,
});

/** Options that parsed. */
export type RemoteOptions = z.output<typeof remoteOptions>;
