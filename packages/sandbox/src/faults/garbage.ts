import type { FaultRule } from './rule.js';

const HTML = '<!doctype html><html><body><h1>Bad gateway</h1></body></html>';
const HUGE_BYTES = 2_000_000;

/** What is sent in place of an answer: not JSON, half of it, far too much, or the right shape with wrong values. */
export function garbled(body: string, kind: FaultRule['garbage'] = 'html'): string {
  switch (kind) {
    case 'html':
      return HTML;
    case 'truncated':
      return body.slice(0, body.length / 2);
    case 'huge':
      return JSON.stringify({ padding: 'x'.repeat(HUGE_BYTES) });
    case 'negative_amount':
      return body.replace(/"amount(_captured)?":\d+/g, '"amount$1":-1');
    case 'other_reference':
      return body.replace(/"reference":"[^"]*"/g, '"reference":"somebody-else"');
  }
}
