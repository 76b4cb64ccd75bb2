/** What is fetched when a machine has no backends of its own. The hashes are in the requirements files beside this one. */
export const versions = {
  temporalCli: '1.9.1',
  timeSkipping: '1.40.0',
  mongod: '8.2.6',
  secantus: '0.7.0b3',
  stripeMock: '0.203.0',
};

/** The oldest servers that are good enough when found on the PATH. */
export const oldest = { temporalServer: [1, 31], mongod: [6, 0] };

/** Whether `text` ("1.32.0") is at least [major, minor]. */
export function atLeast(text, [major, minor]) {
  const [ours = 0, oursMinor = 0] = text.split('.').map(Number);
  return ours > major || (ours === major && oursMinor >= minor);
}
