import type { Purchase } from './purchase-context.js';

/** Beside the main loop, which does not wait for it; the run does. */
export function aside(p: Purchase, work: () => Promise<void>): void {
  p.aside += 1;
  void work().finally(() => {
    p.aside -= 1;
  });
}
