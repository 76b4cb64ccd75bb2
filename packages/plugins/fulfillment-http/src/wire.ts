import { RetryableError } from '@payonce/plugin-sdk';
import type { Delivered, DeliveredItem, Grant, Pending } from '@payonce/plugin-sdk';
import { deliveredOrPending } from '@payonce/plugin-sdk/schemas';
import { z } from 'zod';

/** What is handed over, as the merchant's system writes it. The lengths are checked by the contract's own schema. */
export const item = z.strictObject({
  label: z.string().describe('What it is; at most 200 characters.'),
  value: z.string().describe('What the buyer reads; at most 5000 characters.'),
  url: z.string().exactOptional().describe('Where it leads: http or https.'),
  qr: z.boolean().exactOptional().describe('Shows the value as a QR code too.'),
});

export const licenseKey = z.strictObject({
  key: z.string().describe('The key.'),
  activations_limit: z.int().min(0).nullable().default(null).describe('Activations at a time; null for any number.'),
  expires_at: z.iso.datetime({ offset: true }).nullable().default(null).describe('RFC 3339; null for ever.'),
  activation_message: z.string().exactOptional().describe('Shown with the key.'),
});

/** Either of them. */
export interface WireContent {
  readonly items?: readonly DeliveredItem[];
  readonly license_key?: z.output<typeof licenseKey>;
}

const outcome = z.literal('delivered');
const answer = z.union([
  z.strictObject({ outcome, items: z.array(item).min(1) }),
  z.strictObject({ outcome, license_key: licenseKey }),
  z.strictObject({ outcome: z.literal('pending'), awaiting: z.string() }),
]);

/** Believes what the receiver answered only when all of it is as agreed; else it is asked again. */
export function answerOf(body: unknown): Delivered | Pending {
  const wire = answer.safeParse(body);
  if (!wire.success) throw invalid(wire.error);
  const { data } = wire;
  const parsed = deliveredOrPending.safeParse(data.outcome === 'pending' ? data : deliveredAs(data));
  if (!parsed.success) throw invalid(parsed.error);
  return parsed.data;
}

/** The contract's form of it, not yet checked. */
export const deliveredAs = ({ items, license_key: key }: WireContent): Delivered => ({
  outcome: 'delivered',
  content: key
    ? {
        kind: 'license_key',
        key: key.key,
        activationsLimit: key.activations_limit,
        expiresAt: key.expires_at === null ? null : new Date(key.expires_at).toISOString(),
        ...(key.activation_message !== undefined && { activationMessage: key.activation_message }),
      }
    : { kind: 'content', items: items ?? [] },
});

/** The places alone: the values are goods. */
const invalid = ({ issues }: z.ZodError): RetryableError =>
  new RetryableError({
    code: 'receiver_answer_invalid',
    message: `the answer of the receiver does not parse: ${issues.map(({ path, code }) => `${path.join('.')} ${code}`).join('; ')}`,
  });

/** A grant as the merchant's system reads it. */
export const wireGrant = ({ productName, id, payment, business, product, unit, customer, settings }: Grant) => ({
  id,
  payment_id: payment,
  business_id: business,
  product_id: product,
  product_name: productName,
  unit,
  customer: { customer_id: customer.id, email: customer.email, name: customer.name },
  settings,
});

/** What had been delivered, as the merchant's system once wrote it. */
export function wireDelivered({ content }: Delivered): object {
  if (content.kind === 'content') return { items: content.items };
  if (content.kind === 'files') return {};
  const { key, activationsLimit, expiresAt, activationMessage } = content;
  const message = activationMessage === undefined ? {} : { activation_message: activationMessage };
  return { license_key: { key, activations_limit: activationsLimit, expires_at: expiresAt, ...message } };
}
