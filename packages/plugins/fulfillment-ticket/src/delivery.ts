import type { Delivered, DeliveredItem } from '@payonce/plugin-sdk';
import { codeText } from './code.js';
import type { TicketSettings } from './settings.js';

/** What the buyer sees: what, when, where, and the code that admits. */
export const deliveryOf = ({
  settings,
  code,
}: {
  readonly settings: TicketSettings;
  readonly code: string;
}): Delivered => ({
  outcome: 'delivered',
  content: {
    kind: 'content',
    items: [
      { label: 'Event', value: settings.name },
      { label: 'Begins', value: momentText(settings.startsAt) },
      ...momentItem('Ends', settings.endsAt),
      ...momentItem('Doors', settings.doorsAt),
      ...textItem('Place', settings.place),
      ...(settings.joinUrl === null ? [] : [{ label: 'Join at', value: settings.joinUrl, url: settings.joinUrl }]),
      ...textItem('Please note', settings.instructions),
      { label: 'Ticket', value: codeText(code), qr: true },
    ],
  },
});

const textItem = (label: string, value: string | null): readonly DeliveredItem[] =>
  value === null ? [] : [{ label, value }];
const momentItem = (label: string, moment: string | null): readonly DeliveredItem[] =>
  textItem(label, moment === null ? null : momentText(moment));

const DAY = new Intl.DateTimeFormat('en-US', {
  weekday: 'short',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  timeZone: 'UTC',
});

/** A moment as the clocks at its place show it: 'Sat, May 1, 2027, 19:30 (UTC+02:00)'. */
export function momentText(moment: string): string {
  const [, local = '', time = '', offset = ''] =
    /^((?:\d{4})-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.exec(moment) ?? [];
  const zone = offset === 'Z' || /^[+-]00:?00$/.test(offset) ? 'UTC' : `UTC${offset}`;
  return `${DAY.format(new Date(`${local}T00:00:00Z`))}, ${time} (${zone})`;
}
