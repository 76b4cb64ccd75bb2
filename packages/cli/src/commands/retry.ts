import type { Command } from 'commander';
import { isId } from '@payonce/engine/domain';
import { accountName } from '../actor.js';
import type { CliConfig } from '../config.js';
import { withShop } from '../connections/shop.js';
import type { Shop } from '../connections/shop.js';
import { Explained } from '../explained.js';
import { decide } from '../purchases/decide.js';
import { findPurchase } from '../purchases/find-purchase.js';
import { takeUpAgain } from '../purchases/take-up-again.js';
import { isRunning } from '../purchases/workflow.js';

interface Options {
  readonly grant?: string;
  readonly actor: string;
}

/** payonce retry. */
export function addRetry(program: Command, config: () => CliConfig): void {
  program
    .command('retry')
    .description('try again to hand over what failed; take up from its record a purchase whose workflow is gone')
    .argument('<purchase>', 'pay_… or cks_…')
    .option('--grant <grant>', 'only this one (entg_…)')
    .option('--actor <name>', 'who decides', accountName())
    .action((id: string, options: Options) => withShop(config(), (shop) => retry(shop, id, options)));
}

async function retry(shop: Shop, id: string, { grant, actor }: Options): Promise<void> {
  if (grant !== undefined && !isId('entg', grant))
    throw new Explained(`--grant ${grant}: is not the id of a grant (entg_…)`);
  const { session, payment } = await findPurchase(shop, id);
  if (await isRunning(shop, session.id)) {
    const request = { session: session.id, actor, ...(grant !== undefined && { grant }) };
    const retried = await decide(shop, () => shop.purchases.retryFulfillment(request));
    console.log(
      retried.length === 0 ? 'Nothing had failed: nothing was tried again.' : `Tried again: ${retried.join(', ')}`,
    );
    console.log(`payonce inspect ${session.payment} shows how it went.`);
  } else if (payment) {
    await takeUpAgain(shop, payment);
    console.log(`${payment.id} was taken up again from its record; payonce inspect ${payment.id} shows it.`);
  } else {
    throw new Explained(`${session.id} was never paid for: there is nothing to try again.`, { exitCode: 1 });
  }
}
