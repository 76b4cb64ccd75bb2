const MARKER = Symbol.for('payonce.plugin-setup-error');

/** The configured plugins cannot serve: one line per problem, each saying what to change. Thrown at boot only. */
export class PluginSetupError extends Error {
  readonly [MARKER] = true;
  readonly code = 'plugin_setup';
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'PluginSetupError';
    this.lines = lines;
  }
}

/** Whether a thrown value is a {@link PluginSetupError}, whichever copy of this file made it. */
export const isPluginSetupError = (thrown: unknown): thrown is PluginSetupError =>
  typeof thrown === 'object' && thrown !== null && MARKER in thrown;
