import type { z } from 'zod';
import { ConformanceError, ensure, written } from './ensure.js';
import type { Recorder } from './recorder.js';

/** Verb by verb, what an answer must look like; undefined for a verb that answers nothing. */
export type AnswerSchemas = Readonly<Record<string, z.ZodType | undefined>>;

/** A provider and who listens. */
export interface Watching<Provider extends object> {
  readonly provider: Provider;
  readonly schemas: AnswerSchemas;
  readonly recorder: Recorder;
  readonly deadlineMs: number;
}

const EXTRA_MS = 500;

/** The same provider with its verbs watched: a call has the deadline and half a second to end, its answer must parse, and what it says is recorded. */
export function watched<Provider extends object>(watching: Watching<Provider>): Provider {
  const { provider, schemas } = watching;
  return new Proxy({} as Provider, {
    has: (_target, name) => name in provider,
    get(_target, name) {
      const found: unknown = Reflect.get(provider, name, provider);
      if (typeof found !== 'function' || typeof name !== 'string' || !(name in schemas)) return found;
      return (request: unknown) => attend({ ...watching, verb: name, run: () => found.call(provider, request) });
    },
  });
}

interface Attendance extends Watching<object> {
  readonly verb: string;
  run(): unknown;
}

async function attend({ verb, run, schemas, recorder, deadlineMs }: Attendance): Promise<unknown> {
  try {
    const answer = await within({ work: Promise.resolve().then(run), ms: deadlineMs + EXTRA_MS, verb });
    recorder.note(`an answer of ${verb}`, answer);
    const parsed = schemas[verb]?.safeParse(answer);
    ensure(
      parsed?.success !== false,
      `the answer of ${verb} does not parse: ${problemsOf(parsed?.error)}: ${written(answer).slice(0, 300)}`,
    );
    return answer;
  } catch (thrown) {
    if (!(thrown instanceof ConformanceError)) recorder.note(`an error of ${verb}`, thrown);
    throw thrown;
  }
}

const problemsOf = (error: z.ZodError | undefined): string =>
  (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');

async function within<Answer>({
  work,
  ms,
  verb,
}: {
  readonly work: Promise<Answer>;
  readonly ms: number;
  readonly verb: string;
}): Promise<Answer> {
  const timer: { id?: ReturnType<typeof setTimeout> } = {};
  const late = new Promise<never>((_, reject) => {
    timer.id = setTimeout(() => reject(new ConformanceError(`${verb} did not end within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer.id);
  }
}
