import { Router } from 'express';

/** `/health`: the process runs. `/ready`: it has its database. */
export function healthRoutes({ ping }: { ping: () => Promise<void> }): Router {
  const router = Router();
  router.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/ready', async (_request, response) => {
    const ready = await ping().then(
      () => true,
      () => false,
    );
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'unavailable' });
  });
  return router;
}
