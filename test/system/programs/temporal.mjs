// A Temporal server with its data in a file, on a port that stays: says who it is, and lives as long as the server does.
import { startTemporal } from '../../../scripts/backends/temporal.mjs';
import { main } from '../../../scripts/lib/lifetime.mjs';

// Whoever started this holds the other end: when that breaks, however it came, the server is stopped.
process.stdin.resume().once('end', () => process.kill(process.pid, 'SIGTERM'));

await main(async ([folder, port, dbFile]) => {
  // One that is running already is not ours to kill.
  const { TEMPORAL_ADDRESS: _adopted, ...env } = process.env;
  const { pid, exited } = await startTemporal({ env, folder, port: Number(port), dbFile });
  console.log(JSON.stringify({ pid }));
  await exited;
});
