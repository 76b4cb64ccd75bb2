import { DefaultLogger, Runtime } from '@temporalio/worker';

// Once per test file, before any worker: what fails on purpose is not worth a screenful.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
});
