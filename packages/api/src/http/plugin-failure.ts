import { PluginAnswerError, PluginCrashError, PluginMissingError } from '@payonce/engine/plugins';
import { pluginErrorKind } from '@payonce/plugin-sdk';

/** Whether a plugin, not the request, is what failed: missing, broken, or without an answer in time. */
export const isPluginFailure = (thrown: unknown): boolean =>
  pluginErrorKind(thrown) !== undefined || OWN.some((kind) => thrown instanceof kind);

const OWN = [PluginAnswerError, PluginCrashError, PluginMissingError] as const;
