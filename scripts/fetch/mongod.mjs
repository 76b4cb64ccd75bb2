// Run as a process of its own, after the install: the library picks the archive for this system and unpacks it.
import { MongoBinary } from 'mongodb-memory-server-core';

const [downloadDir, version] = process.argv.slice(2);
Object.assign(process.env, { MONGOMS_MAX_RETRIES: '1', MONGOMS_PREFER_GLOBAL_PATH: 'false' });
try {
  await MongoBinary.getPath({ downloadDir, version });
} catch (error) {
  console.error(error.message.replaceAll('\n', ' '));
  process.exitCode = 1;
}
