import { writeFile } from 'node:fs/promises';
import { after, describe, it } from 'node:test';
import { fulfillmentProviderConformance } from '@payonce/plugin-sdk/testing';
import { courseAccess } from './index.js';
import { startFakeSchool } from './testing/fake-school.js';

const apiKey = 'api-key-of-the-tests';
const school = await startFakeSchool({ apiKey });
after(() => school.close());

const enrollmentsOf = (grant: string) => school.enrollments.filter((enrollment) => enrollment.grant === grant);

fulfillmentProviderConformance({
  runner: { describe, it },
  id: 'course-access',
  plugin: courseAccess({ origin: school.origin, apiKey }),
  misconfigured: [courseAccess(), courseAccess({ origin: 'school', apiKey }), courseAccess({ origin: school.origin })],
  secrets: [apiKey],
  settings: { 'a course': { course: 'color-theory' }, 'another course': { course: 'type-design' } },
  refusedSettings: { 'no course': {}, 'a course that is no id': { course: 'Color theory!' } },
  outside: {
    deliveriesOf: (grant) => enrollmentsOf(grant).length,
    hasAccess: (grant) => enrollmentsOf(grant).some(({ open }) => open),
    loseNextAnswer: () => void (school.fault = 'lose'),
    holdNextAnswer: () => void (school.fault = 'hold'),
    clear: () => void (school.fault = undefined),
  },
  onReport: (report) => console.log(report.toText()),
  saveReport: { path: 'conformance.json', writeFile },
});
