import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestEnvironment } from 'jest-environment-node';
import { startTimeSkipping } from '../../scripts/backends/temporal.mjs';
import { needsOf, variables } from './needs.mjs';

/** Node's environment, and a fresh time-skipping server for each test file that asks for its address. */
export default class PayonceEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.testPath = context.testPath;
  }

  async setup() {
    await super.setup();
    const executable = process.env.PAYONCE_TEST_TIMESKIPPING_EXECUTABLE;
    if (!executable || !needsOf({ files: [this.testPath] }).has('timeSkipping')) return;
    this.folder = mkdtempSync(join(tmpdir(), 'payonce-test-'));
    this.server = await startTimeSkipping({ env: process.env, folder: this.folder, found: { executable } });
    this.global.process.env[variables.timeSkipping] = this.server.address;
  }

  async teardown() {
    await this.server?.stop();
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
    await super.teardown();
  }
}
