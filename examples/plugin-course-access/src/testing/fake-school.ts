import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A place in a course. */
export interface Enrollment {
  readonly grant: string;
  readonly course: string;
  readonly email: string;
  open: boolean;
}

/** A school in this process: it remembers who is enrolled and which keys it saw, and it breaks on request. */
export interface FakeSchool {
  readonly origin: string;
  readonly enrollments: Enrollment[];
  /** The idempotency keys of all requests, in order. */
  readonly keys: string[];
  /** What happens to the answers of the next requests: what they ask for is done. */
  fault: 'lose' | 'hold' | undefined;
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** What is kept: the answers by their keys, and the grants that ended. */
interface Register {
  readonly enrollments: Enrollment[];
  readonly answers: Map<string, Reply>;
  readonly ended: Set<string>;
}

export async function startFakeSchool({ apiKey }: { readonly apiKey: string }): Promise<FakeSchool> {
  const register: Register = { enrollments: [], answers: new Map(), ended: new Set() };
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const isKnown = request.headers.authorization === `Bearer ${apiKey}`;
      const key = String(request.headers['idempotency-key'] ?? '');
      school.keys.push(key);
      const { status, body } = isKnown ? answer({ register, path: request.url, text, key }) : UNAUTHORIZED;
      if (school.fault === 'hold') return;
      if (school.fault === 'lose') request.socket.destroy();
      else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const school: FakeSchool = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    enrollments: register.enrollments,
    keys: [],
    fault: undefined,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return school;
}

interface Question {
  readonly register: Register;
  readonly path: string | undefined;
  readonly text: string;
  readonly key: string;
}

const COURSES = new Map([
  ['color-theory', 'Color theory'],
  ['type-design', 'Type design'],
]);

const refusal = (status: number, code: string, message: string): Reply => ({ status, body: { code, message } });
const UNAUTHORIZED = refusal(401, 'unauthorized', 'the school does not know this key');

function answer({ register, path, text, key }: Question): Reply {
  const known = register.answers.get(key);
  if (known) return known;
  const asked: Partial<Enrollment> = JSON.parse(text);
  const { grant = '', course = '', email = '' } = asked;
  const reply = path === '/enrollments/end' ? end(register, grant) : enroll(register, { grant, course, email });
  register.answers.set(key, reply);
  return reply;
}

function enroll({ enrollments, ended }: Register, { grant, course, email }: Omit<Enrollment, 'open'>): Reply {
  const title = COURSES.get(course);
  if (title === undefined) return refusal(422, 'unknown_course', 'the school has no such course');
  if (ended.has(grant)) return refusal(422, 'enrollment_ended', 'this enrollment ended before it began');
  enrollments.push({ grant, course, email, open: true });
  return { status: 200, body: { title, url: `https://school.example/courses/${course}` } };
}

function end({ enrollments, ended }: Register, grant: string): Reply {
  ended.add(grant);
  for (const enrollment of enrollments) if (enrollment.grant === grant) enrollment.open = false;
  return { status: 200, body: {} };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
