import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Worker } from '@temporalio/worker';

/** What readiness asks. */
export interface HealthDeps {
  readonly workers: readonly Worker[];
  /** What is missing outside of this process; empty when nothing is. */
  readonly problems: () => Promise<readonly string[]>;
}

/** /health says that the process lives; /ready, that each worker polls and its database is there, naming what is not. */
export function healthServer({ workers, problems }: HealthDeps): Server {
  return createServer((request, response) => {
    void answer({ workers, problems }, request.url ?? '/')
      .catch((): Answer => ({ status: 503, body: { ready: false, problems: ['readiness could not be determined'] } }))
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
  });
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

async function answer({ workers, problems }: HealthDeps, url: string): Promise<Answer> {
  if (url === '/health')
    return workers.some((worker) => worker.getState() === 'FAILED')
      ? { status: 503, body: { alive: false } }
      : { status: 200, body: { alive: true } };
  if (url !== '/ready') return { status: 404, body: { code: 'NOT_FOUND', message: 'ask for /health or /ready' } };
  const idle = workers
    .filter((worker) => worker.getState() !== 'RUNNING')
    .map((worker) => `worker of ${worker.options.taskQueue} is ${worker.getState()}`);
  const found = [...idle, ...(await problems())];
  return { status: found.length === 0 ? 200 : 503, body: { ready: found.length === 0, problems: found } };
}
