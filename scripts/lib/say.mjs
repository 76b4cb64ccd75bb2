/** What a person reads while a command works. Goes to stderr, so that stdout carries results alone. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** A failure with a cause that a person can act on: shown as its message, without a stack. */
export class Explained extends Error {
  constructor(message) {
    super(message);
    this.name = 'Explained';
  }
}

export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;
