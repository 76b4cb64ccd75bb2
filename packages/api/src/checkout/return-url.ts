import type { PaymentId } from '@payonce/engine/domain';

/** How a payment ended, as far as the merchant's page is told. It proves nothing: the merchant asks the API or waits for the event. */
export type ReturnStatus = 'succeeded' | 'failed' | 'processing';

/** The merchant's own address with `payment_id` and `status` added to whatever query it had; its other parameters keep their spelling, and its fragment its place. */
export function returnAddress({
  returnUrl,
  payment,
  status,
}: {
  readonly returnUrl: string;
  readonly payment: PaymentId;
  readonly status: ReturnStatus;
}): string {
  const url = new URL(returnUrl);
  for (const ours of ['payment_id', 'status']) if (url.searchParams.has(ours)) url.searchParams.delete(ours);
  const query = url.search.replace(/^\?/, '').replace(/&$/, '');
  url.search = `${query}${query === '' ? '' : '&'}payment_id=${payment}&status=${status}`;
  return url.href;
}

/** An http or https address, to be shown as a link; undefined for anything else. */
export function webAddress(text: string | null | undefined): string | undefined {
  if (!text || !URL.canParse(text)) return undefined;
  const { protocol, username, password, href } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' ? href : undefined;
}
