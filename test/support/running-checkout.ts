import { Client, Connection } from '@temporalio/client';
import type { Express } from 'express';
import { testTemporalAddress } from '../setup/temporal.js';
import { hostCheckout } from './hosted-checkout.js';
import type { HostedCheckout } from './hosted-checkout.js';
import { runShop } from './running-shop.js';
import type { RunningShop } from './running-shop.js';

/** A shop whose purchases run, with its checkout pages. */
export interface RunningCheckout {
  readonly shop: RunningShop;
  readonly checkout: HostedCheckout;
  stop(): Promise<void>;
}

/** Runs a fresh shop on the development server of this test run and serves its pages on an app of the caller's. */
export async function runCheckout({
  label,
  app,
}: {
  readonly label: string;
  readonly app: Express;
}): Promise<RunningCheckout> {
  const address = testTemporalAddress();
  const connection = await Connection.connect({ address });
  const shop = await runShop({ label, client: new Client({ connection }), address });
  const checkout = await hostCheckout({ app, shop, client: shop.client });
  return {
    shop,
    checkout,
    async stop() {
      await checkout.close();
      await shop.stop();
      await connection.close();
    },
  };
}
