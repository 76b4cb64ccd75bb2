import { writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { taxCalculatorConformance } from '@payonce/plugin-sdk/testing';
import { pluginName } from './index.js';

const GST = { name: 'GST', rate: '10/100', countries: ['AU'] };

taxCalculatorConformance({
  runner: { describe, it },
  id: 'plugin-name',
  plugin: pluginName(GST),
  misconfigured: [pluginName(), pluginName({ ...GST, rate: 'ten' }), pluginName({ ...GST, countries: ['Australia'] })],
  secrets: [],
  cases: {
    'an Australian buyer': { buyer: { country: 'AU', kind: 'consumer' }, rates: ['0.1'], reason: 'standard' },
    'a buyer elsewhere': { buyer: { country: 'FJ', kind: 'consumer' }, rates: [], reason: 'out_of_scope' },
  },
  onReport: (report) => console.log(report.toText()),
  saveReport: { path: 'conformance.json', writeFile },
});
