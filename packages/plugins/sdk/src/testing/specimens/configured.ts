import { z } from 'zod';
import { definePlugin } from '../../plugin.js';
import type { ConfiguredPlugin, PluginRegistry } from '../../plugin.js';

/** A plugin without options that registers what it is told to. */
export const configuredWith = (register: (registry: PluginRegistry) => void, options: unknown = {}): ConfiguredPlugin =>
  definePlugin({ name: 'specimen', version: '1.0.0', contractVersion: 1, options: z.strictObject({}), register })(
    options,
  );
