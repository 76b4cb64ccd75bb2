import { expect, it } from '@jest/globals';
import { deliveryOf, momentText } from './delivery.js';
import { ticketSettings } from './settings.js';

it.each([
  ['2027-05-01T19:30:00+02:00', 'Sat, May 1, 2027, 19:30 (UTC+02:00)'],
  ['2027-05-01T00:15:00-07:00', 'Sat, May 1, 2027, 00:15 (UTC-07:00)'],
  ['2027-12-31T23:59:59.999Z', 'Fri, December 31, 2027, 23:59 (UTC)'],
  ['2027-05-01T19:30+00:00', 'Sat, May 1, 2027, 19:30 (UTC)'],
])('shows %s as the clocks there do', (moment, text) => {
  expect(momentText(moment)).toBe(text);
});

it('shows what, when, where and the code, and nothing that is not set', () => {
  const settings = ticketSettings.parse({
    name: 'Live',
    startsAt: '2027-05-01T19:30:00Z',
    joinUrl: 'https://live.example/room',
  });
  expect(deliveryOf({ settings, code: 'AAAAABBBBBCCCCCDDDDD' }).content).toEqual({
    kind: 'content',
    items: [
      { label: 'Event', value: 'Live' },
      { label: 'Begins', value: 'Sat, May 1, 2027, 19:30 (UTC)' },
      { label: 'Join at', value: 'https://live.example/room', url: 'https://live.example/room' },
      { label: 'Ticket', value: 'AAAAA-BBBBB-CCCCC-DDDDD', qr: true },
    ],
  });
});
