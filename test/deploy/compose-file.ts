import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const condition = z.enum(['service_healthy', 'service_completed_successfully']);

const service = z.object({
  image: z.string(),
  build: z.object({ target: z.string() }).optional(),
  restart: z.string(),
  depends_on: z.record(z.string(), z.object({ condition })).default({}),
  environment: z.record(z.string(), z.union([z.string(), z.number()]).transform(String)).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});

const composeFile = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.object({ internal: z.boolean().optional() })),
  volumes: z.record(z.string(), z.unknown()),
});

/** The compose file as it is written, before variables are put in. */
export type ComposeFile = z.output<typeof composeFile>;

const text = readFileSync(fileURLToPath(new URL('../../docker-compose.yml', import.meta.url)), 'utf8');

/** Reads the compose file of the project. */
export const readComposeFile = (): ComposeFile => composeFile.parse(parse(text, { merge: true }));

const VARIABLE = /(?<!\$)\$\{(?<name>\w+)(?:(?<mark>:[?-])(?<rest>[^}]*))?\}/g;

/** A variable that the compose file asks for. */
export interface Variable {
  readonly name: string;
  /** What it is without a value; undefined when compose refuses to go on. */
  readonly fallback: string | undefined;
}

/** Every variable that the compose file asks for. */
export const variables = (): readonly Variable[] =>
  [...text.matchAll(VARIABLE)].map(({ groups }) => ({
    name: groups?.['name'] ?? '',
    fallback: groups?.['mark'] === ':?' ? undefined : (groups?.['rest'] ?? ''),
  }));

/** The environment of a service with variables put in as compose does. Throws as compose refuses. */
export function environmentOf(name: string, values: Readonly<Record<string, string>>): Record<string, string> {
  const found = readComposeFile().services[name];
  if (found === undefined) throw new Error(`the compose file has no service ${name}`);
  return Object.fromEntries(
    Object.entries(found.environment).map(([key, value]) => [key, interpolate(value, values)] as const),
  );
}

const interpolate = (value: string, values: Readonly<Record<string, string>>): string =>
  value.replaceAll(VARIABLE, (...match) => {
    const { name, mark, rest = '' }: Record<string, string | undefined> = match.at(-1);
    const given = values[name ?? ''];
    if (given) return given;
    if (mark === ':?') throw new Error(`required variable ${name} is missing a value: ${rest}`);
    return rest;
  });
