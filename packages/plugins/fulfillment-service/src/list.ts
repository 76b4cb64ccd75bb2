import type { Json, PluginHost } from '@payonce/plugin-sdk';
import { done, zodAction } from '@payonce/plugin-sdk/zod';
import { z } from 'zod';
import { listOpen } from './open-list.js';
import type { Task } from './task.js';

const input = z.strictObject({
  after: z.string().min(1).max(150).nullable().default(null).describe('The `next` of the page before.'),
  limit: z.int().min(1).max(200).default(50).describe('How many to-dos a page has at most.'),
});

export const list = ({ host, now }: { readonly host: PluginHost; now(): Date }) =>
  zodAction({
    description: 'Lists what is still to be delivered, overdue first, page by page.',
    input,
    async run({ input: { after, limit }, ...request }) {
      const { items, next } = await listOpen({ store: host.store(request), after, limit });
      const at = now();
      return done({ items: items.map((item) => shown({ ...item, at })), next });
    },
  });

const shown = ({ grant, task, at }: { readonly grant: string; readonly task: Task; readonly at: Date }): Json => ({
  grant,
  payment: task.payment,
  product: task.product,
  productName: task.productName,
  unit: task.unit,
  createdAt: task.createdAt,
  dueAt: task.dueAt,
  overdue: task.dueAt !== null && new Date(task.dueAt) < at,
});
