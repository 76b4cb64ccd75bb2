import { z } from 'zod';
import { Explained } from '../../explained.js';
import { moneyText } from '../../output/money-text.js';
import { until } from '../../until.js';
import { isValid } from './receive.js';
import type { Goods, Paid, Story } from './story.js';
import { linesOf } from './webhook-receiver.js';

const refund = z.object({ refund_id: z.string(), status: z.string(), amount: z.int(), currency: z.string() });

/** The money goes back, and with it what was bought. */
export async function giveBack(
  story: Story,
  { paid, goods }: { readonly paid: Paid; readonly goods: Goods },
): Promise<void> {
  story.narrator.chapter('The merchant refunds in full');
  await refundAll(story, paid);
  await hearOfRefund(story);
  await goodsEnd(story, goods);
}

const refundAll = ({ narrator, api }: Story, { payment }: Paid): Promise<void> =>
  narrator.step('refund', async () => {
    const body = { payment_id: payment, reason: 'shown in the demo' };
    const { refund_id: id } = await api.call({ method: 'POST', path: '/refunds', body, answer: refund });
    const done = await until({
      what: `refund ${id}: succeeded`,
      forMs: 30_000,
      look: async () => {
        const shown = await api.call({ method: 'GET', path: `/refunds/${id}`, answer: refund });
        if (shown.status === 'failed') throw new Explained(`refund ${id} failed`, { exitCode: 1 });
        return shown.status === 'succeeded' ? shown : undefined;
      },
    });
    return { value: undefined, lines: [id, `${done.status}: ${moneyText(done)} went back`] };
  });

const hearOfRefund = ({ narrator, receiver }: Story): Promise<void> =>
  narrator.step('webhooks', async () => {
    const wanted = { 'refund.succeeded': 1, 'entitlement_grant.revoked': 2 };
    const events = await receiver.receive(wanted);
    return { value: undefined, lines: linesOf(events) };
  });

const goodsEnd = ({ narrator, api }: Story, { licenseKey, fileUrl }: Goods): Promise<void> =>
  narrator.step('license key', async () => {
    await isValid({ api }, { license_key: licenseKey, wanted: false });
    const response = await fetch(fileUrl);
    await response.body?.cancel();
    if (response.ok) throw new Explained(`The file at ${fileUrl} can still be downloaded`, { exitCode: 1 });
    return { value: undefined, lines: [`valid no more, and the file's link answers ${response.status}`] };
  });
