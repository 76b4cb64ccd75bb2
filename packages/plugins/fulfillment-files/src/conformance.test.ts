import { describe, it } from '@jest/globals';
import { fulfillmentProviderConformance } from '@payonce/plugin-sdk/testing';
import { fulfillmentFiles } from './index.js';

const font = { files: [{ file: 'file_1', filename: 'font.zip' }], externalUrl: null, instructions: null };

fulfillmentProviderConformance({
  runner: { describe, it },
  id: 'files',
  plugin: fulfillmentFiles(),
  misconfigured: [fulfillmentFiles({ folder: '/srv/files' })],
  secrets: [],
  settings: {
    'a file': font,
    'a link': { files: [], externalUrl: 'https://files.example/font', instructions: null },
    'for a while': { ...font, maxDownloads: 5, accessDays: 30 },
    'everything at once': { ...font, externalUrl: 'https://files.example/font', instructions: 'Unzip it.' },
  },
  refusedSettings: {
    'a link to a script': { ...font, externalUrl: 'javascript:alert(1)' },
    'no downloads': { ...font, maxDownloads: 0 },
    'a file without a name': { ...font, files: [{ file: 'file_1', filename: '' }] },
    'something unknown': { ...font, price: 0 },
  },
});
