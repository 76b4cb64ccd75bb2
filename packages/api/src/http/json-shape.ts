import { HttpRefusal } from './refusal.js';

const MAX_DEPTH = 20;
/** Names that reach an object's prototype in careless code further on. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Refuses JSON that no request of ours can look like, before any schema walks it: nested over 20 levels, or with names of an object's prototype. */
export function checkShape(json: unknown): unknown {
  const queue: { readonly value: unknown; readonly depth: number }[] = [{ value: json, depth: 1 }];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > MAX_DEPTH) throw refusal(`is nested over ${MAX_DEPTH} levels deep`);
    for (const [name, inner] of Object.entries(value)) {
      if (FORBIDDEN.has(name)) throw refusal(`has a field named ${name}`);
      queue.push({ value: inner, depth: depth + 1 });
    }
  }
  return json;
}

const refusal = (why: string): HttpRefusal =>
  new HttpRefusal('INVALID_REQUEST_BODY', `The request body ${why}.`, { status: 400 });
