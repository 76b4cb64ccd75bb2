import { z } from 'zod';
import { Explained } from '../../explained.js';
import { moneyText } from '../../output/money-text.js';
import { until } from '../../until.js';
import { formWith, headlineOf, openPage, submitForm } from '../web/buyer.js';
import type { Page } from '../web/buyer.js';
import type { Offer, Paid, Story } from './story.js';

export const BUYER = { email: 'buyer@example.com', name: 'Demo Buyer', country: 'DE' } as const;
export const CARD = { number: '4242 4242 4242 4242', expiry: '12/40', cvc: '123', name: BUYER.name } as const;
const CURRENCY = 'EUR';

/** The buyer's side: pays on the hosted page, by its forms, as a browser without scripts would. */
export async function buy(story: Story, offer: Offer): Promise<Paid> {
  story.narrator.chapter('A buyer in Germany pays, on the hosted page');
  const quoted = await seeTax(story, offer);
  const cardPage = await pressPay(story, quoted);
  const orderPage = await giveCard(story, cardPage);
  return seePayment(story, { offer, orderPage });
}

const seeTax = ({ narrator }: Story, { checkoutUrl }: Offer): Promise<Page> =>
  narrator.step('tax', async () => {
    const page = await openPage(checkoutUrl);
    const form = formWith(page, 'token', 'attempt', 'email', 'country');
    const action = form.buttonActions[0];
    if (action === undefined)
      throw new Explained(`The page at ${page.url} has no button to work out the tax`, { exitCode: 1 });
    const quoted = await submitForm({ page, form, values: BUYER, action });
    const total = Number(formWith(quoted, 'shown_total').fields['shown_total']);
    return {
      value: quoted,
      lines: [`worked out for a consumer in Germany; to pay: ${moneyText({ amount: total, currency: CURRENCY })}`],
    };
  });

const pressPay = ({ narrator }: Story, page: Page): Promise<Page> =>
  narrator.step('Pay', async () => {
    const value = await submitForm({ page, form: formWith(page, 'token', 'attempt', 'shown_total'), values: BUYER });
    return { value, lines: [`led on to the processor's card page at ${new URL(value.url).host}`] };
  });

const giveCard = ({ narrator }: Story, page: Page): Promise<Page> =>
  narrator.step('card', async () => {
    const value = await submitForm({ page, form: formWith(page, 'number', 'expiry', 'cvc'), values: CARD });
    return {
      value,
      lines: [`${CARD.number} accepted; back in the shop: "${headlineOf(value).split(' / ')[0] ?? ''}"`],
    };
  });

const checkout = z.object({ payment_id: z.string().nullable() });
const paidPayment = z.object({
  status: z.string().nullable(),
  total_amount: z.int(),
  tax: z.int().nullable(),
  currency: z.string(),
  invoice_id: z.string().nullish(),
});

interface Ordered {
  readonly offer: Offer;
  readonly orderPage: Page;
}

const seePayment = ({ narrator, api }: Story, { offer, orderPage }: Ordered): Promise<Paid> =>
  narrator.step('payment', async () => {
    const path = `/checkouts/${offer.session}`;
    const { payment_id: payment } = await api.call({ method: 'GET', path, answer: checkout });
    if (payment === null) throw new Explained(`${offer.session} has no payment`, { exitCode: 1 });
    const found = await until({
      what: `payment ${payment}: succeeded`,
      forMs: 20_000,
      look: async () => {
        const shown = await api.call({ method: 'GET', path: `/payments/${payment}`, answer: paidPayment });
        return shown.status === 'succeeded' ? shown : undefined;
      },
    });
    const { total_amount: total, currency } = found;
    const money = (amount: number): string => moneyText({ amount, currency });
    return {
      value: { payment, total, currency, orderUrl: orderPage.url },
      lines: [payment, `${found.status}: ${money(total)}, of which ${money(found.tax ?? 0)} are tax`],
    };
  });
