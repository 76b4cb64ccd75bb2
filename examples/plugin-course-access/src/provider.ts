import { PermanentError } from '@payonce/plugin-sdk';
import type { Delivered, Fulfill, FulfillmentProvider, Grant, Revoke } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { enrollment } from './school.js';
import type { SchoolClient } from './school.js';

/** What a product says: which course it opens. */
const settings = z.strictObject({
  course: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .meta({ description: 'The id of the course at the school.' }),
});

export const courseAccessProvider = (school: SchoolClient): FulfillmentProvider => ({
  id: 'course-access',
  displayName: 'Course access',
  reach: 'outside',
  settings,
  describe: () => ({ summary: 'A place in a course of the school.', settings: z.toJSONSchema(settings) }),
  fulfill: (request) => enroll(school, request),
  revoke: (request) => endEnrollment(school, request),
});

/** Repeat-safe: the school answers the same key with the same enrollment. */
async function enroll(school: SchoolClient, { grant, idempotencyKey, signal }: Fulfill): Promise<Delivered> {
  const { course } = courseOf(grant);
  const { email, name } = grant.customer;
  const body = { grant: grant.id, course, email, name };
  const call = { path: '/enrollments', body, idempotencyKey, signal, people: [email, name] };
  const { title, url } = await school.send({ ...call, schema: enrollment });
  return { outcome: 'delivered', content: { kind: 'content', items: [{ label: 'Your course', value: title, url }] } };
}

/** Repeat-safe: what has ended ends no further. A grant that was never enrolled is closed too, so that a late enrollment finds it so. */
async function endEnrollment(school: SchoolClient, { grant, reason, idempotencyKey, signal }: Revoke): Promise<void> {
  const body = { grant: grant.id, reason };
  const people = [grant.customer.email, grant.customer.name];
  await school.send({ path: '/enrollments/end', body, idempotencyKey, signal, people, schema: z.unknown() });
}

/** Settings that do not parse now will not parse later: somebody has to look at the product. */
function courseOf({ product, settings: given }: Pick<Grant, 'product' | 'settings'>): z.output<typeof settings> {
  const { success, data } = settings.safeParse(given);
  if (success) return data;
  throw new PermanentError({ code: 'settings_invalid', message: `the settings of product ${product} name no course` });
}
