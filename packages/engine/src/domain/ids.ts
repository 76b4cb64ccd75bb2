declare const kind: unique symbol;

/** An opaque id with a prefix that names its kind: 'pay_' and 21 URL-safe characters. Minted at the edge or derived in activities, never in a workflow. */
export type Id<Prefix extends string> = `${Prefix}_${string}` & { readonly [kind]?: Prefix };

export type BusinessId = Id<'bus'>;
export type BrandId = Id<'brnd'>;
export type ProductId = Id<'pdt'>;
export type CustomerId = Id<'cus'>;
export type SessionId = Id<'cks'>;
export type AttemptId = Id<'att'>;
export type PaymentId = Id<'pay'>;
export type RefundId = Id<'ref'>;
export type InvoiceId = Id<'inv'>;
export type EntitlementId = Id<'ent'>;
export type GrantId = Id<'entg'>;
export type LicenseKeyId = Id<'lic'>;
export type LicenseInstanceId = Id<'lki'>;
export type EndpointId = Id<'whk'>;
/** Also the webhook-id of its deliveries, so it has no dot. */
export type EventId = Id<'evt'>;
export type DeliveryId = Id<'dlv'>;
export type InboxId = Id<'inb'>;

/** Whether a text looks like an id of that kind. */
export const isId = <Prefix extends string>(prefix: Prefix, text: string): text is Id<Prefix> =>
  text.startsWith(`${prefix}_`) && /^[A-Za-z0-9_-]{21}$/.test(text.slice(prefix.length + 1));
