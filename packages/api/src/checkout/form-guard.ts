import type { Secrets } from '@payonce/engine/ports';
import type { Request } from 'express';
import { foreignForm } from './page-problem.js';

const PURPOSE = 'checkout-form';

/** What a form must carry back: bound to the session or product it is for. */
export const formToken = ({
  secrets,
  subject,
}: {
  readonly secrets: Pick<Secrets, 'sign'>;
  readonly subject: string;
}): string => secrets.sign([PURPOSE, subject]);

/**
 * Refuses a form that another site sent. Browsers say where a form comes from: by Sec-Fetch-Site, or else by Origin, which is 'null' for pages without a referrer, like
 * ours. The token holds for those that say neither.
 */
export function requireOwnForm({
  request,
  token,
  secrets,
  subject,
  origin,
}: {
  readonly request: Request;
  readonly token: string;
  readonly secrets: Pick<Secrets, 'verify'>;
  readonly subject: string;
  readonly origin: string;
}): void {
  const site = request.get('Sec-Fetch-Site');
  const from = request.get('Origin');
  const fromHere =
    site === undefined
      ? from === undefined || from === 'null' || from === origin
      : site === 'same-origin' || site === 'none';
  if (!fromHere || !secrets.verify({ parts: [PURPOSE, subject], signature: token })) throw foreignForm();
}
