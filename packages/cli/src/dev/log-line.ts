import { z } from 'zod';

const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

const told = z.looseObject({
  level: z.union([z.number().transform((level) => LEVELS[level] ?? String(level)), z.string()]),
  msg: z.string().optional(),
  err: z.looseObject({ message: z.string(), stack: z.string().optional() }).optional(),
  error: z.string().optional(),
});

/** A line of a log for people: what was said, and why. Lines that are no JSON stay as they are. */
export function readableLine(line: string): string {
  const parsed = told.safeParse(parseJson(line));
  if (!parsed.success) return line;
  const { level, msg, err, error } = parsed.data;
  const reason = err?.stack ?? err?.message ?? error;
  return [`${level.padEnd(5)} ${msg ?? ''}`.trimEnd(), reason].filter(Boolean).join(': ');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
