import { jest } from '@jest/globals';

/** In CI, where two cores carry every server at once, a test that fails is tried once more; the first failure is printed. Nowhere else. */
if (process.env.CI === 'true') jest.retryTimes(1, { logErrorsBeforeRetry: true });
