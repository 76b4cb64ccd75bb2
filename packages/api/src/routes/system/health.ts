import { Router } from 'express';
import type { ApiDeps, ReadinessCheck } from '../../deps.js';

/** A check that hangs is a check that fails. */
const PATIENCE_MS = 2_000;

/** GET /health says that this process lives; GET /ready whether everything that it needs answers, each by name. Neither is counted or logged. */
export function healthRouter({ readiness, logger }: Pick<ApiDeps, 'readiness' | 'logger'>): Router {
  const router = Router();
  router.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/ready', async (_request, response) => {
    const checks = Object.fromEntries(
      await Promise.all(readiness.map(async (check) => [check.name, await stateOf(check, logger)] as const)),
    );
    const ready = Object.values(checks).every((state) => state === 'ok');
    response.status(ready ? 200 : 503).json({ status: ready ? 'ok' : 'unavailable', checks });
  });
  return router;
}

async function stateOf({ name, check }: ReadinessCheck, logger: ApiDeps['logger']): Promise<'ok' | 'failed'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS);
  });
  try {
    await Promise.race([check(), late]);
    return 'ok';
  } catch (error) {
    logger.warn({ err: error, check: name }, 'not ready');
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}
