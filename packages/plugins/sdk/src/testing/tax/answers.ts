import { parseRate } from '../../rate.js';
import type { CalculateTax, TaxCalculation } from '../../tax.js';
import type { CheckFor } from '../check.js';
import { ensure, ensureSame } from '../ensure.js';
import { frozen } from '../garbage.js';
import { anyCase, lineOf, questionOf } from './stage.js';
import type { TaxStage } from './stage.js';

const calculate = async (stage: TaxStage, question: CalculateTax): Promise<TaxCalculation> =>
  (await stage.provider()).calculate(question);

/** '38/200' and '0.19' as '19/100' each. */
function lowest(rate: string): string {
  const { numerator, denominator } = parseRate(rate);
  const divisor = greatest(numerator, denominator);
  return `${numerator / divisor}/${denominator / divisor}`;
}

const greatest = (one: bigint, other: bigint): bigint => (other === 0n ? one : greatest(other, one % other));

/** What the calculator answers about sales that the author knows: one check per case. */
export const caseChecks = ({ cases }: TaxStage['subject']): readonly CheckFor<TaxStage>[] =>
  Object.entries(cases).map(([name, known]) => ({
    name: `answers the rates of the case: ${name}`,
    async run(stage) {
      const question = questionOf(stage, known);
      const { lines } = await calculate(stage, question);
      const line = lines.find((answered) => answered.line === question.lines[0]?.id);
      const rates = (given: readonly string[]) => given.map(lowest).toSorted();
      ensureSame({
        what: 'the rates',
        was: rates(line?.taxes.map(({ rate }) => rate) ?? []),
        expected: rates(known.rates),
      });
      if (known.reason !== undefined) ensureSame({ what: 'the reason', was: line?.reason, expected: known.reason });
    },
  }));

/** What holds for every answer. */
export const ANSWERS: readonly CheckFor<TaxStage>[] = [
  {
    name: 'answers every line exactly once, and no other',
    async run(stage) {
      for (const count of [1, 2, 100]) {
        const lines = Array.from({ length: count }, (_, number) => lineOf(number));
        const answer = await calculate(stage, questionOf(stage, anyCase(stage), { lines }));
        ensureSame({
          what: `the lines answered of ${count}`,
          was: answer.lines.map(({ line }) => line).toSorted(),
          expected: lines.map(({ id }) => id).toSorted(),
        });
      }
    },
  },
  {
    name: 'answers rates as parts of one: 19 % is 19/100, not 19',
    async run(stage) {
      for (const known of Object.values(stage.subject.cases)) {
        const { lines } = await calculate(stage, questionOf(stage, known));
        for (const { rate } of lines.flatMap(({ taxes }) => taxes)) {
          const { numerator, denominator } = parseRate(rate);
          ensure(numerator <= denominator, `the rate ${rate} is more than the price itself`);
        }
      }
    },
  },
  {
    name: 'takes nothing when its reason says that nothing is due',
    async run(stage) {
      const free = new Set<string>(['exempt', 'reverse_charge', 'not_registered', 'out_of_scope']);
      for (const known of Object.values(stage.subject.cases)) {
        const { lines } = await calculate(stage, questionOf(stage, known));
        for (const { line, reason, taxes } of lines.filter((answered) => free.has(answered.reason))) {
          const due = taxes.filter(({ rate }) => parseRate(rate).numerator > 0n);
          ensure(due.length === 0, `${line} is taxed at ${due[0]?.rate} although its reason is ${reason}`);
        }
      }
    },
  },
  {
    name: 'answers the same question the same way, whatever its key',
    async run(stage) {
      const question = questionOf(stage, anyCase(stage));
      const first = await calculate(stage, question);
      ensureSame({ what: 'the second answer', was: await calculate(stage, question), expected: first });
      const other = await calculate(stage, questionOf(stage, anyCase(stage)));
      ensureSame({ what: 'the answer under another key', was: other, expected: first });
    },
  },
  {
    name: 'answers twenty questions at once as it answers them one by one',
    async run(stage) {
      const cases = Object.values(stage.subject.cases);
      const questions = Array.from({ length: 20 }, (_, number) => {
        const known = cases[number % cases.length] ?? anyCase(stage);
        const lines = (known.lines ?? [lineOf()]).map((line) => ({ ...line, id: `${line.id}_of_${number}` }));
        return questionOf(stage, known, { lines });
      });
      const together = await Promise.all(questions.map((question) => calculate(stage, question)));
      for (const [index, question] of questions.entries()) {
        const alone = await calculate(stage, question);
        ensureSame({ what: `answer ${index} of twenty`, was: together[index], expected: alone });
      }
    },
  },
  {
    name: 'taxes a line the same whatever stands beside it',
    async run(stage) {
      const lines = [0, 1, 2, 3, 4].map((number) => lineOf(number));
      const taxed = async (asked: typeof lines) =>
        (await calculate(stage, questionOf(stage, anyCase(stage), { lines: asked }))).lines.toSorted((one, other) =>
          one.line < other.line ? -1 : 1,
        );
      const forward = await taxed(lines);
      ensureSame({ what: 'the lines in reverse', was: await taxed(lines.toReversed()), expected: forward });
      for (const line of lines) {
        const expected = forward.filter((answered) => answered.line === line.id);
        ensureSame({ what: `${line.id} alone`, was: await taxed([line]), expected });
      }
    },
  },
  {
    name: 'leaves the question as it is',
    async run(stage) {
      const lines = [0, 1, 2].map((number) => lineOf(number));
      const { signal, logger, ...data } = questionOf(stage, anyCase(stage), { lines });
      await calculate(stage, { signal, logger, ...frozen(data) });
    },
  },
];
