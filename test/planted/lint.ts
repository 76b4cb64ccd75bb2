/** A file that breaks one lint rule. */
interface LintViolation {
  readonly rule: string;
  readonly file: string;
  readonly text: string;
}

const worker = 'packages/worker/src';
const domain = 'packages/engine/src/domain';

const kinds = "type Kind = 'a' | 'b';\n";
const later = 'const later = (): Promise<boolean> => Promise.resolve(true);\n';

export const lintViolations: readonly LintViolation[] = [
  {
    rule: 'typescript(no-floating-promises)',
    file: `${worker}/floating.ts`,
    text: `${later}export const go = (): void => {\n  later();\n};\n`,
  },
  {
    rule: 'typescript(no-floating-promises)',
    file: `${worker}/floating.test.ts`,
    text: `import { door } from './index.js';\n\nexport const go = (): void => {\n  door();\n};\n`,
  },
  {
    rule: 'typescript(no-misused-promises)',
    file: `${worker}/condition.ts`,
    text: `${later}export const go = (): string => (later() ? 'yes' : 'no');\n`,
  },
  {
    rule: 'typescript(switch-exhaustiveness-check)',
    file: `${worker}/switch.ts`,
    text: `${kinds}export const go = (kind: Kind): void => {\n  switch (kind) {\n    case 'a':\n      return;\n  }\n};\n`,
  },
  {
    rule: 'typescript(no-explicit-any)',
    file: `${worker}/any.ts`,
    text: 'export const go = (value: any): string => String(value);\n',
  },
  {
    rule: 'typescript(no-non-null-assertion)',
    file: `${worker}/bang.ts`,
    text: 'export const go = (values: string[]): string => values[0]!;\n',
  },
  {
    rule: 'typescript(ban-ts-comment)',
    file: `${worker}/ignore.ts`,
    text: "// @ts-ignore because\nexport const go: number = 'no';\n",
  },
  {
    rule: 'eslint(no-console)',
    file: `${worker}/console.ts`,
    text: "export const go = (): void => console.log('hello');\n",
  },
  {
    rule: 'node(no-process-env)',
    file: `${worker}/environment.ts`,
    text: "export const go = (): string => process.env['HOME'] ?? '';\n",
  },
  {
    rule: 'typescript(consistent-type-imports)',
    file: `${worker}/types.ts`,
    text: "import { Worker } from '@temporalio/worker';\n\nexport const go = (worker: Worker): Worker => worker;\n",
  },
  {
    rule: 'import(consistent-type-specifier-style)',
    file: `${worker}/inline-type.ts`,
    text: "import { type Worker } from '@temporalio/worker';\n\nexport const go = (worker: Worker): Worker => worker;\n",
  },
  {
    rule: 'import(no-default-export)',
    file: `${worker}/default.ts`,
    text: "const go = 'on';\nexport default go;\n",
  },
  {
    rule: 'eslint(max-lines)',
    file: `${worker}/long.ts`,
    text: Array.from({ length: 251 }, (_, at) => `export const line${at} = ${at};\n`).join(''),
  },
  {
    rule: 'unicorn(filename-case)',
    file: `${worker}/someFile.ts`,
    text: "export const go = 'on';\n",
  },
  {
    rule: 'eslint(no-restricted-imports)',
    file: `${domain}/built-in.ts`,
    text: "import { randomUUID } from 'node:crypto';\n\nexport const go = (): string => randomUUID();\n",
  },
  {
    rule: 'eslint(no-restricted-imports)',
    file: 'packages/engine/src/workflows/built-in.ts',
    text: "import { join } from 'path';\n\nexport const go = (): string => join('a', 'b');\n",
  },
  {
    rule: 'payonce(no-clock)',
    file: `${domain}/now.ts`,
    text: 'export const go = (): number => Date.now();\n',
  },
  {
    rule: 'payonce(no-clock)',
    file: `${domain}/today.ts`,
    text: 'export const go = (): Date => new Date();\n',
  },
  {
    rule: 'payonce(no-clock)',
    file: 'packages/engine/src/workflows/dice.ts',
    text: 'export const go = (): number => Math.random();\n',
  },
];

/** Files that look like violations and are none. */
export const lintCleared: Readonly<Record<string, string>> = {
  [`${worker}/index.ts`]: 'export const door = async (): Promise<void> => {};\n',
  [`${worker}/main.ts`]: "export const go = (): string => process.env['HOME'] ?? '';\n",
  [`${worker}/config.ts`]: "export const go = (): string => process.env['HOME'] ?? '';\n",
  'packages/cli/src/print.ts': "export const go = (): void => console.log('hello');\n",
  [`${domain}/later.ts`]: 'export const go = (from: Date): Date => new Date(from.getTime() + 1);\n',
  'packages/engine/src/adapters/clock.ts': 'export const now = (): Date => new Date();\n',
};
