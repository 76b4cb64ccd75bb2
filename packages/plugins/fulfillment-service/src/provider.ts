import { PermanentError } from '@payonce/plugin-sdk';
import type { Delivered, FulfillmentProvider, Grant, Pending, PluginHost } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { complete } from './complete.js';
import { list } from './list.js';
import { enlist, strike } from './open-list.js';
import { serviceSettings, settingsOf } from './settings.js';
import type { ServiceSettings } from './settings.js';
import { changeTask, contentOf } from './task.js';
import type { Task } from './task.js';

/** What a service needs of the world. */
export interface ServiceDeps {
  readonly host: PluginHost;
  now(): Date;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Waits for a person. */
export const serviceProvider = ({ host, now }: ServiceDeps): FulfillmentProvider => ({
  id: 'service',
  displayName: 'Service',
  reach: 'own_stores',
  settings: serviceSettings,
  describe: () => ({
    summary: 'Done by a person: the buyer reads what happens now, the seller gets a to-do with a due date.',
    settings: z.toJSONSchema(serviceSettings, { io: 'input' }),
  }),
  /** Repeat-safe: a grant has one to-do, with the due date of the first call. */
  async fulfill({ grant }) {
    const settings = settingsOf(grant);
    const store = host.store(grant);
    const task = await changeTask({
      store,
      grant: grant.id,
      change: (standing) => {
        const next = newTask({ grant, settings, at: now() });
        return standing === undefined ? { answer: next, next } : { answer: standing };
      },
    });
    if (task.state === 'open') await enlist({ store, grant: grant.id, task });
    return answerOf({ grant, settings, task });
  },
  /** Repeat-safe, also before `fulfill`, which then opens no to-do any more. */
  async revoke({ grant }) {
    const store = host.store(grant);
    const task = await changeTask({
      store,
      grant: grant.id,
      change: (standing = newTask({ grant, settings: { dueDays: null }, at: now() })) => {
        const next: Task = { ...standing, state: 'closed' };
        return standing.state === 'closed' ? { answer: standing } : { answer: next, next };
      },
    });
    await strike({ store, grant: grant.id, task });
  },
  actions: { list: list({ host, now }), complete: complete({ host, now }) },
});

interface Opening {
  readonly grant: Grant;
  readonly settings: Pick<ServiceSettings, 'dueDays'>;
  readonly at: Date;
}

const newTask = ({ grant: { payment, product, productName, unit }, settings: { dueDays }, at }: Opening): Task => ({
  state: 'open',
  payment,
  product,
  productName: productName.slice(0, 200),
  unit,
  createdAt: at.toISOString(),
  dueAt: dueDays === null ? null : new Date(at.getTime() + dueDays * DAY_MS).toISOString(),
  done: null,
});

interface Standing {
  readonly grant: Grant;
  readonly settings: ServiceSettings;
  readonly task: Task;
}

function answerOf({ grant, settings, task }: Standing): Delivered | Pending {
  switch (task.state) {
    case 'open':
      return { outcome: 'pending', awaiting: awaitingText(settings, task) };
    case 'done':
      return { outcome: 'delivered', content: contentOf(task.done ?? { items: [] }) };
    case 'closed':
      throw new PermanentError({ code: 'grant_ended', message: `the grant ${grant.id} ended before it was delivered` });
  }
}

const DAY = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' });

const awaitingText = ({ instructions, buyerSends }: ServiceSettings, { dueAt }: Task): string =>
  [
    instructions,
    ...(buyerSends === null ? [] : [`Needed from you: ${sentence(buyerSends)}`]),
    ...(dueAt === null ? [] : [`Expected by ${DAY.format(new Date(dueAt))}.`]),
  ].join(' ');

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
