import { FULFILLMENT_PROVIDER, definePlugin } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { courseAccessProvider } from './provider.js';
import { schoolClient } from './school.js';

/** As in package.json. */
export const VERSION = '0.1.0';

const options = z.strictObject({
  /** Where the school answers: 'https://school.example'. */
  origin: z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin),
  apiKey: z.string().min(16),
});

/** Enrolls buyers in a course, and ends that when the money goes back. */
export const courseAccess = definePlugin({
  name: 'course-access',
  version: VERSION,
  contractVersion: 1,
  options,
  register(registry, { origin, apiKey }) {
    registry.add(FULFILLMENT_PROVIDER, courseAccessProvider(schoolClient({ origin, apiKey })));
  },
});
