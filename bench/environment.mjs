import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';

/** What the numbers were measured on. */
export async function environment({ client, mongo, temporalPid }) {
  const { serverVersion } = await client.connection.workflowService.getSystemInfo({});
  const build = await mongo.db.admin().command({ buildInfo: 1 });
  return {
    at: new Date().toISOString(),
    cpus: availableParallelism(),
    cpuModel: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    temporal: serverVersion,
    dynamicConfig: dynamicConfig(temporalPid),
    database: databaseName(build),
  };
}

/** As the server was started with; null when that cannot be seen. */
function dynamicConfig(pid) {
  if (process.platform !== 'linux' || pid === undefined) return null;
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  return words.filter((_, at) => words[at - 1] === '--dynamic-config-value');
}

/** The stand-in for development says who it is in a field of its own. */
function databaseName(build) {
  const standIn = Object.keys(build).find((name) => /secantus/i.test(name));
  return standIn === undefined ? `MongoDB ${build.version}` : `SecantusDB (speaks as MongoDB ${build.version})`;
}
