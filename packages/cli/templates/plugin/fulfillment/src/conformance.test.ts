import { writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { fulfillmentProviderConformance } from '@payonce/plugin-sdk/testing';
import type { SoldGrant } from '@payonce/plugin-sdk/testing';
import { pluginName } from './index.js';

/** The code that was handed over. */
const codeOf = ({ answer }: SoldGrant): string =>
  answer.outcome === 'delivered' && answer.content.kind === 'content' ? (answer.content.items[0]?.value ?? '') : '';

fulfillmentProviderConformance({
  runner: { describe, it },
  id: 'plugin-name',
  plugin: pluginName(),
  misconfigured: [pluginName({ length: 8 })],
  secrets: [],
  settings: { 'a labeled code': { label: 'Unlock code' } },
  refusedSettings: { 'no label': {}, 'an empty label': { label: '' }, 'something unknown': { label: 'x', price: 1 } },
  actions: { check_code: { input: (sold) => ({ code: codeOf(sold) }) } },
  onReport: (report) => console.log(report.toText()),
  saveReport: { path: 'conformance.json', writeFile },
});
