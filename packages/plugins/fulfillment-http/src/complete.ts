import type { ActionRefused, Delivered, FulfillmentActionDone, PluginHost, ProviderAction } from '@payonce/plugin-sdk';
import { deliveredOrPending } from '@payonce/plugin-sdk/schemas';
import { refused, zodAction } from '@payonce/plugin-sdk/zod';
import { z } from 'zod';
import { changeRecord } from './record.js';
import type { DoneRecord, GrantRecord } from './record.js';
import { deliveredAs, item, licenseKey } from './wire.js';

/** Less than what an entry of a store takes. */
const MOST_BYTES = 200_000;

const input = z
  .strictObject({
    grant: z
      .string()
      .regex(/^[\x21-\x7e]{1,100}$/, 'is not like entg_…')
      .describe('The grant that is pending.'),
    items: z.array(item).min(1).exactOptional().describe('Labeled texts and links that the buyer sees.'),
    license_key: licenseKey.exactOptional().describe('A license key, instead of items.'),
  })
  .refine(({ items, license_key: key }) => (items === undefined) !== (key === undefined), {
    path: ['items'],
    message: 'is needed, or a license_key: one of them',
  })
  .refine((content) => Buffer.byteLength(JSON.stringify(content)) <= MOST_BYTES, {
    path: ['items'],
    message: 'are more than 200 kB in all',
  })
  .superRefine((content, context) => {
    for (const { path, message } of deliveredOrPending.safeParse(deliveredAs(content)).error?.issues ?? [])
      context.addIssue({ code: 'custom', path: [...path], message });
  });

/** Delivers what the merchant's system answered 'pending' for. */
export const complete = ({
  host,
  now,
}: {
  readonly host: PluginHost;
  now(): Date;
}): ProviderAction<FulfillmentActionDone> =>
  zodAction({
    description: 'Delivers what your system had answered as pending.',
    input,
    async run({ business, mode, idempotencyKey, input: { grant, ...content } }) {
      const done: DoneRecord = {
        state: 'done',
        key: idempotencyKey,
        at: now().toISOString(),
        delivered: deliveredAs(content),
      };
      const standing = await changeRecord({
        store: host.store({ business, mode }),
        grant,
        change: (record) => (record?.state === 'open' ? done : undefined),
      });
      return answerOf({ grant, standing, done });
    },
  });

interface Completion {
  readonly grant: string;
  readonly standing: GrantRecord | undefined;
  readonly done: DoneRecord;
}

/** Completing again with the same key or the same content is once: whoever lost the answer may ask again. */
function answerOf({ grant, standing, done }: Completion): FulfillmentActionDone | ActionRefused {
  if (standing === undefined || standing.state === 'open')
    return refused('unknown_grant', `nothing was asked of your system for ${grant}`);
  if (standing.state === 'ended')
    return refused('grant_ended', `the grant ${grant} has ended: there is nothing to deliver`);
  if (standing.key === done.key || isSame(standing.delivered, done.delivered)) {
    const { at } = standing;
    return {
      outcome: 'done',
      answer: { grant, completed: true, at },
      delivered: [{ grant, delivered: standing.delivered }],
    };
  }
  return refused('already_completed', `${grant} was delivered at ${standing.at} with something else, which counts`);
}

const isSame = (left: Delivered, right: Delivered): boolean => JSON.stringify(left) === JSON.stringify(right);
