import { percentile } from './arithmetic.mjs';
import { untilTrue } from './closed-loop.mjs';
import { giveCard } from './shop.mjs';

const POLL_MS = 5;

/** From the click on the processor's card page until the merchant's API shows the license key, one buyer at a time; no more begin after `limitMs`. */
export async function clickToLicense({ shop, samples, limitMs, say }) {
  say(`${samples} buyers, one after the other, from the click on the card page to the license key`);
  const took = [];
  const end = performance.now() + limitMs;
  for (let number = 0; number < samples && performance.now() < end; number += 1) {
    const { customer, page } = await shop.beginOnPage(number);
    const startedAt = performance.now();
    await giveCard(page);
    await untilTrue({ what: 'a license key', everyMs: POLL_MS, look: async () => (await shop.keysOf(customer)) > 0 });
    took.push(performance.now() - startedAt);
  }
  return { samples: took.length, pollMs: POLL_MS, p50: percentile(took, 0.5), p99: percentile(took, 0.99) };
}
