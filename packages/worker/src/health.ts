import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Worker } from '@temporalio/worker';

/** What the server asks. */
export interface HealthDeps {
  readonly workers: readonly Pick<Worker, 'getState' | 'options'>[];
  /** What is missing outside of this process; empty when nothing is. */
  readonly problems: () => Promise<readonly string[]>;
  /** In Prometheus' text format. */
  readonly metrics: () => Promise<string>;
}

/**
 * /health says that the process lives; /ready, that each worker polls and its database is there, naming what is not;
 * /metrics, how many purchases need a person.
 */
export function healthServer(deps: HealthDeps): Server {
  return createServer((request, response) => {
    void answer(deps, new URL(request.url ?? '/', 'http://worker').pathname)
      .catch((): Answer => json(503, { ready: false, problems: ['what this asks for does not answer'] }))
      .then(({ status, type, body }) => {
        response.writeHead(status, { 'content-type': type }).end(body);
      });
  });
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const json = (status: number, body: object): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});

async function answer(deps: HealthDeps, path: string): Promise<Answer> {
  switch (path) {
    case '/health':
      return health(deps);
    case '/ready':
      return ready(deps);
    case '/metrics':
      return { status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', body: await deps.metrics() };
    default:
      return json(404, { code: 'NOT_FOUND', message: 'ask for /health, /ready or /metrics' });
  }
}

function health({ workers }: HealthDeps): Answer {
  const alive = workers.every((worker) => worker.getState() !== 'FAILED');
  return json(alive ? 200 : 503, { alive });
}

async function ready({ workers, problems }: HealthDeps): Promise<Answer> {
  const idle = workers
    .filter((worker) => worker.getState() !== 'RUNNING')
    .map((worker) => `worker of ${worker.options.taskQueue} is ${worker.getState()}`);
  const found = [...idle, ...(await problems())];
  return json(found.length === 0 ? 200 : 503, { ready: found.length === 0, problems: found });
}
