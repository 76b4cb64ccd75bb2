import { TAX_CALCULATOR, parseRate } from '@payonce/plugin-sdk';
import type { CalculateTax, LineTax, TaxCalculation, TaxCalculator, TaxRecord } from '@payonce/plugin-sdk';
import { taxCalculation } from '@payonce/plugin-sdk/schemas';
import { dataOf } from './asked.js';
import type { Asked } from './asked.js';
import type { PluginCaller, PluginQuestion } from './guarded-call.js';

/** A tax calculator behind the guarded call. */
export interface TaxCaller {
  readonly id: string;
  /** Whether `commit` and `void` reach anybody. */
  readonly keepsRecord: boolean;
  /** Every line asked about is answered once, with rates from 0 to 100 %, and no tax where the reason says that there is none. */
  calculate(asked: Asked<CalculateTax>): Promise<TaxCalculation>;
  /** Does nothing for a calculator that keeps no record. */
  commit(asked: Asked<TaxRecord>): Promise<void>;
  /** Does nothing for a calculator that keeps no record. */
  void(asked: Asked<TaxRecord>): Promise<void>;
}

export function taxCaller({ calculator, caller }: { calculator: TaxCalculator; caller: PluginCaller }): TaxCaller {
  const { id } = calculator;
  const to = (verb: string): Pick<PluginQuestion<TaxCalculator>, 'kind' | 'id' | 'verb'> => ({
    kind: TAX_CALCULATOR,
    id,
    verb,
  });
  return {
    id,
    keepsRecord: calculator.commit !== undefined,
    calculate: (asked) =>
      caller.call({
        ...to('calculate'),
        options: asked,
        expected: { schema: taxCalculation, misfit: ({ lines }) => lineProblem(asked, lines) ?? rateProblem(lines) },
        ask: (serving, call) => serving.calculate({ ...dataOf(asked), ...call }),
      }),
    commit: (asked) =>
      caller.tell({
        ...to('commit'),
        options: asked,
        ask: (serving, call) => serving.commit?.({ ...dataOf(asked), ...call }),
      }),
    void: (asked) =>
      caller.tell({
        ...to('void'),
        options: asked,
        ask: (serving, call) => serving.void?.({ ...dataOf(asked), ...call }),
      }),
  };
}

function lineProblem(asked: Asked<CalculateTax>, answered: TaxCalculation['lines']): string | undefined {
  const left = new Set(asked.lines.map(({ id }) => id));
  const strange = answered.find(({ line }) => !left.delete(line));
  if (strange) return 'a line is answered twice or was never asked about';
  return left.size > 0 ? `${left.size} of ${asked.lines.length} lines are not answered` : undefined;
}

const TAXED: readonly string[] = ['standard', 'reduced'];

function rateProblem(lines: TaxCalculation['lines']): string | undefined {
  const taxes = lines.flatMap((line) => line.taxes);
  if (taxes.some(isOverHundredPercent)) return "a rate is over 100 %: 19 % is '19/100' or '0.19'";
  if (taxes.some((tax) => !TAXED.includes(tax.reason) && parseRate(tax.rate).numerator > 0n))
    return 'a tax has a rate and a reason why there is none';
  return undefined;
}

function isOverHundredPercent({ rate }: LineTax): boolean {
  const { numerator, denominator } = parseRate(rate);
  return numerator > denominator;
}
