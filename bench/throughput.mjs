import { median, percentile, perOne, total } from './arithmetic.mjs';
import { closedLoop, untilTrue } from './closed-loop.mjs';
import { EVENTS_PER_PURCHASE } from './shop.mjs';

/**
 * Purchases through the whole stack and bare workflows on the same server, round by round in turn, so that whatever
 * else the machine does hits both. A round of purchases ends when all are settled and all events delivered. No round
 * begins after `limitMs`, except the first.
 */
export async function throughput({ shop, bare, watch, rounds, perRound, concurrency, limitMs, say }) {
  const end = performance.now() + limitMs;
  await purchases({ shop, count: concurrency, concurrency });
  await closedLoop({ count: concurrency, concurrency, work: bare.run });
  const done = { purchase: [], bare: [] };
  for (let round = 1; round <= rounds && (round === 1 || performance.now() < end); round += 1) {
    say(`round ${round} of ${rounds}: ${perRound} purchases, ${perRound} bare workflows, ${concurrency} at a time`);
    const work = () => purchases({ shop, count: perRound, concurrency });
    done.purchase.push(await watch({ count: perRound, work }));
    const least = () => closedLoop({ count: perRound, concurrency, work: bare.run });
    done.bare.push(await watch({ count: perRound, work: least }));
  }
  return {
    rounds: done.purchase.length,
    purchase: summary(done.purchase),
    bare: summary(done.bare),
    /** How many bare workflows fit into the time of one purchase: the middle of the rounds. */
    ratio: median(done.purchase.map(({ ms }, round) => ms / done.bare[round].ms)),
  };
}

function summary(rounds) {
  const took = rounds.flatMap(({ answer }) => answer);
  return { ...perOne(total(rounds)), answeredMs: { p50: percentile(took, 0.5), p99: percentile(took, 0.99) } };
}

/** Answers how long each POST /checkouts took until the charge was through. */
async function purchases({ shop, count, concurrency }) {
  const [settled, taken] = [await shop.settled(), shop.taken()];
  const took = await closedLoop({ count, concurrency, work: shop.buyDirectly });
  await untilTrue({
    what: `${count} purchases settled, their events delivered`,
    look: async () => shop.taken() >= taken + count * EVENTS_PER_PURCHASE && (await shop.settled()) >= settled + count,
  });
  return took;
}
