import { describe, it } from '@jest/globals';
import { fulfillmentProviderConformance } from '@payonce/plugin-sdk/testing';
import type { SoldGrant } from '@payonce/plugin-sdk/testing';
import { fulfillmentTicket } from './index.js';

const workshop = { name: 'Letterpress', startsAt: '2027-05-01T19:30:00+02:00', place: 'Hall 3' };

const codeOf = ({ answer }: SoldGrant): string => {
  const items = answer.outcome === 'delivered' && answer.content.kind === 'content' ? answer.content.items : [];
  return items.find(({ qr }) => qr)?.value ?? '';
};

fulfillmentProviderConformance({
  runner: { describe, it },
  id: 'tickets',
  plugin: fulfillmentTicket(),
  misconfigured: [fulfillmentTicket({ seats: 8 })],
  secrets: [],
  settings: {
    'a workshop': workshop,
    'a live session with seats': {
      ...workshop,
      place: null,
      joinUrl: 'https://live.example/room',
      capacity: 1_000,
      event: 'live-2027',
      endsAt: '2027-05-01T21:00:00+02:00',
      doorsAt: '2027-05-01T19:00:00+02:00',
      instructions: 'Bring an apron.',
    },
  },
  refusedSettings: {
    nowhere: { ...workshop, place: null },
    'no seats': { ...workshop, capacity: 0 },
    'an end before the beginning': { ...workshop, endsAt: '2027-05-01T19:29:00+02:00' },
    'doors after the beginning': { ...workshop, doorsAt: '2027-05-01T20:00:00+02:00' },
    'a day without a time': { ...workshop, startsAt: '2027-05-01' },
    'an event that is no name': { ...workshop, event: 'a/b' },
    'a place to join by script': { ...workshop, joinUrl: 'javascript:alert(1)' },
    nothing: {},
  },
  limited: { capacity: 3, settings: { ...workshop, capacity: 3 } },
  actions: {
    check_in: { input: (sold) => ({ code: codeOf(sold) }) },
    undo_check_in: {
      async input(sold) {
        await sold.act('check_in', { code: codeOf(sold) });
        return { code: codeOf(sold) };
      },
    },
    attendees: { input: ({ grant }) => ({ event: grant.product }) },
    availability: { input: ({ grant }) => ({ event: grant.product }) },
  },
});
