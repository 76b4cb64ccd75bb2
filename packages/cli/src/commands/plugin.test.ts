import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Explained } from '../explained.js';
import { createProgram } from '../program.js';

let at: string;
let printed: string[];

beforeEach(() => {
  at = realpathSync(mkdtempSync(join(tmpdir(), 'payonce-plugin-')));
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((text: unknown) => void printed.push(String(text)));
  jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(at, { recursive: true });
});

/** Types a command where npm says that the caller stands; needs no configuration. */
async function payonce(...words: string[]): Promise<string> {
  const config = () => {
    throw new Error('was asked for a configuration');
  };
  await createProgram({ config, environment: { INIT_CWD: at } }).parseAsync(words, { from: 'user' });
  return printed.join('\n');
}

it('writes a plugin where the caller stands, and prints what to type and to configure', async () => {
  const text = await payonce('plugin', 'new', 'processor', '@acme/acme-pay');
  expect(readdirSync(at)).toEqual(['acme-pay']);
  expect(text).toContain('  cd acme-pay\n  npm install\n  npm test');
  expect(text).toContain("import { acmePay } from '@acme/acme-pay';");
  expect(text).toContain("// routes.processor.test: 'acme-pay'");
});

it('answers programs in JSON', async () => {
  const data = JSON.parse(await payonce('plugin', 'new', 'tax', 'flat-tax', '--dir', 'there', '--json'));
  expect(data).toMatchObject({ folder: join(at, 'there'), package: 'flat-tax', exports: 'flatTax' });
  expect(data.files).toContain('src/index.ts');
});

it('refuses kinds that there are not, names that are none, and folders that are there, with exit codes that are not 0', async () => {
  await expect(payonce('plugin', 'new', 'taxes', 'flat')).rejects.toThrow('Allowed choices are tax, fulfillment');
  const refused = payonce('plugin', 'new', 'tax', 'Flat');
  await expect(refused).rejects.toThrow(Explained);
  await expect(refused).rejects.toMatchObject({ exitCode: 2 });
  await expect(payonce('plugin', 'new', 'tax', 'flat', '--dir', '.')).rejects.toThrow('is there already');
  expect(readdirSync(at)).toEqual([]);
});
