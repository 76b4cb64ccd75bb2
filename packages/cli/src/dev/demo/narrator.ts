import { styleText } from 'node:util';
import { wordsOf } from '../../explained.js';
import { took } from '../../output/durations.js';

/** What a step gives, and how it is told. */
export interface Told<Value> {
  readonly value: Value;
  readonly lines: readonly string[];
}

/** Tells a story while it happens. */
export interface Narrator {
  chapter(title: string): void;
  /** Does something, and tells what came of it and how long it took. A step that fails is told as well. */
  step<Value>(title: string, work: () => Promise<Told<Value>>): Promise<Value>;
  say(line: string): void;
}

const TITLE_WIDTH = 18;
const TIME_WIDTH = 7;

/** Tells on stdout, in color when somebody looks at it. */
export function createNarrator(): Narrator {
  const paint = (style: 'green' | 'red' | 'bold' | 'dim', text: string): string =>
    styleText(style, text, { stream: process.stdout });
  const say = (line: string): void => console.log(line);
  return {
    say,
    chapter: (title) => say(`\n${paint('bold', title)}`),
    async step(title, work) {
      const startedAt = performance.now();
      const time = (): string => paint('dim', took(performance.now() - startedAt).padStart(TIME_WIDTH));
      try {
        const { value, lines } = await work();
        const [first = '', ...rest] = lines;
        say(`${paint('green', '  ✓')} ${time()}  ${title.padEnd(TITLE_WIDTH)} ${first}`.trimEnd());
        for (const line of rest) say(`${' '.repeat(3 + 1 + TIME_WIDTH + 2 + TITLE_WIDTH + 1)}${line}`);
        return value;
      } catch (thrown) {
        say(`${paint('red', '  ✗')} ${time()}  ${title.padEnd(TITLE_WIDTH)} ${wordsOf(thrown).split('\n')[0] ?? ''}`);
        throw thrown;
      }
    },
  };
}
