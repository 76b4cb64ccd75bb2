import { rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { bundlePath } from './bundle-path.js';

/** Writes the workflow bundle beside the compiled worker, so that workers start without a bundler. Run by the build, after the compiler. */
const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(import.meta.resolve('@payonce/engine/workflows')),
});
// A worker that starts meanwhile reads the old one or the new one, never half of it.
const unfinished = `${bundlePath}.${process.pid}`;
await writeFile(unfinished, code);
await rename(unfinished, bundlePath);
