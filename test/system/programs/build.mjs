// Compiles what changed and writes the workflow bundle, as npm start does.
import { build } from '../../../scripts/lib/build.mjs';
import { main } from '../../../scripts/lib/lifetime.mjs';

await main(() => build());
