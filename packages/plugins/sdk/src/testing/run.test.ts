import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { ConformanceReport } from './report.js';
import type { RunOptions } from './run.js';
import { taxSubject } from './specimens/tax-subject.js';
import type { SpoilTax } from './specimens/tax-subject.js';
import { taxCalculatorConformance } from './tax/index.js';

/** A runner that collects, then runs, and says which tests failed. */
function collecting() {
  const tests: { readonly name: string; run(): Promise<void> }[] = [];
  const runner = {
    describe: (_name: string, body: () => void) => body(),
    it: (name: string, run: () => Promise<void>) => void tests.push({ name, run }),
  };
  const run = async () => {
    const failed: string[] = [];
    for (const test of tests) await test.run().catch(() => failed.push(test.name));
    return failed;
  };
  return { runner, run };
}

async function conformance(spoil?: SpoilTax, options: Omit<RunOptions, 'runner'> = {}) {
  const { runner, run } = collecting();
  const report = taxCalculatorConformance({ ...taxSubject(spoil), ...options, runner });
  return { report, failed: await run() };
}

it('registers one test per check with any runner, and reports what they found', async () => {
  const { report, failed } = await conformance(() => ({ void: async () => {} }));
  expect(failed).toEqual(['withdraws a payment once, however often it is told']);
  expect(report.passed).toBe(false);
  expect(report.toText()).toContain('1 failed');
  expect(report.toText()).toContain('FAILED         withdraws a payment once, however often it is told');
});

it('writes the report as JSON where it is told to, and hands it over', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  const path = join(folder, 'report.json');
  const handed: ConformanceReport[] = [];
  const { report } = await conformance(() => ({ commit: undefined as never, void: undefined as never }), {
    onReport: (done) => void handed.push(done),
    saveReport: { path, writeFile },
  });
  const saved: unknown = JSON.parse(await readFile(path, 'utf8'));
  await rm(folder, { recursive: true });
  expect(handed).toEqual([report]);
  expect(saved).toEqual(report.toJSON());
  expect(saved).toMatchObject({ kind: 'tax_calculator', id: 'memory-tax', failed: 0, notSupported: 4 });
  expect(report.toText()).toContain('not supported  commits a payment once, however often it is told (has no commit)');
});
