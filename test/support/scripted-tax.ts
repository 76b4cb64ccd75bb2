import { PermanentError, TAX_CALCULATOR, definePlugin } from '@payonce/plugin-sdk';
import { z } from 'zod';

/** Tax that is kept on record, on demand, in this process. */
export interface ScriptedTax {
  readonly plugin: ReturnType<ReturnType<typeof definePlugin<unknown>>>;
  /** What each calculator was asked, in order, repetitions included: 'books calculate line_1', 'books commit pay_…'. */
  readonly asked: string[];
  /** Calculators that fail to keep records. */
  readonly down: Set<string>;
}

/** Provides the calculators 'books' and 'abroad', which keep a tax of record. */
export function scriptedTax(): ScriptedTax {
  const asked: string[] = [];
  const down = new Set<string>();
  const calculator = (id: string, rate: string) => {
    const record = (verb: string) => async (request: { readonly payment: string }) => {
      if (down.has(id)) throw new PermanentError({ code: 'records_closed', message: 'closed' });
      asked.push(`${id} ${verb} ${request.payment}`);
    };
    return {
      id,
      async calculate({
        lines,
        buyer,
      }: {
        readonly lines: readonly { id: string }[];
        readonly buyer: { country: string };
      }) {
        asked.push(`${id} calculate ${lines.map((line) => line.id).join(' ')}`);
        const tax = { name: id, rate, jurisdiction: buyer.country, reason: 'reduced' as const };
        return { lines: lines.map((line) => ({ line: line.id, taxes: [tax], reason: 'reduced' as const })) };
      },
      commit: record('commit'),
      void: record('void'),
    };
  };
  const plugin = definePlugin({
    name: 'tax-scripted',
    version: '1.0.0',
    contractVersion: 1,
    options: z.strictObject({}),
    register(registry) {
      registry.add(TAX_CALCULATOR, calculator('books', '7/100'));
      registry.add(TAX_CALCULATOR, calculator('abroad', '0/100'));
    },
  });
  return { asked, down, plugin: plugin() };
}
