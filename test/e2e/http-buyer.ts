import { TYPED, buyerAt } from '../support/checkout-buyer.js';
import type { BuyerPage } from '../support/checkout-buyer.js';

/** Who pays, and by which test card of the sandbox. */
export interface Paying {
  /** The hosted page of a session. */
  readonly checkoutUrl: string;
  readonly card: string;
  readonly email?: string;
}

/** Pays as a browser without scripts does: the form of the hosted page, then the card page of the sandbox. Answers where it all ends. */
export async function payByForms({ checkoutUrl, card, email = TYPED.email }: Paying): Promise<BuyerPage> {
  const page = await follow(checkoutUrl);
  const cardPage = await send(`${checkoutUrl}/pay`, { ...page.fields, ...TYPED, email });
  if (cardPage.at === undefined) throw new Error(`no card page but ${cardPage.page.status}: ${cardPage.page.text}`);
  const form = await follow(cardPage.at);
  const done = await send(cardPage.at, {
    ...form.fields,
    number: card,
    expiry: '12/34',
    cvc: '123',
    name: 'A LOVELACE',
  });
  if (done.at === undefined) throw new Error(`the card page answered ${done.page.status}: ${done.page.text}`);
  return follow(done.at);
}

/** A form sent, and where it leads; the page that came instead when it leads nowhere. */
async function send(url: string, fields: Readonly<Record<string, string>>) {
  const { origin, pathname } = new URL(url);
  const page = await buyerAt(origin).post(pathname, fields);
  return { page, at: page.location === null ? undefined : new URL(page.location, url).href };
}

/** The page at an address, after all redirects; one that leads to another server is answered as it is. */
async function follow(url: string): Promise<BuyerPage> {
  const { origin, href } = new URL(url);
  const page = await buyerAt(origin).get(href);
  if (page.location === null) return page;
  const next = new URL(page.location, url);
  return next.origin === origin ? follow(next.href) : page;
}
