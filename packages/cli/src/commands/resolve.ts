import { Option } from 'commander';
import type { Command } from 'commander';
import { accountName } from '../actor.js';
import type { CliConfig } from '../config.js';
import { withShop } from '../connections/shop.js';
import type { Shop } from '../connections/shop.js';
import { decide } from '../purchases/decide.js';
import { findPurchase } from '../purchases/find-purchase.js';
import { RESOLUTIONS } from '../purchase-names.js';
import type { Resolution } from '../purchase-names.js';

const ACTIONS = [...new Set(Object.values(RESOLUTIONS).flat())];

interface Options {
  readonly case: string;
  readonly action: Resolution['action'];
  readonly actor: string;
  readonly evidence?: string;
}

/** payonce resolve. */
export function addResolve(program: Command, config: () => CliConfig): void {
  program
    .command('resolve')
    .description('decide a case that waits for a person; payonce stuck and payonce inspect show the cases')
    .argument('<purchase>', 'pay_… or cks_…')
    .requiredOption('--case <case>', 'its id, or its kind when there is one of it')
    .addOption(new Option('--action <action>', 'what to do').choices(ACTIONS).makeOptionMandatory())
    .option('--evidence <text>', "what it rests on, such as the processor's transaction id")
    .option('--actor <name>', 'who decides', accountName())
    .action((id: string, options: Options) => withShop(config(), (shop) => resolve(shop, id, options)));
}

async function resolve(shop: Shop, id: string, { case: open, action, actor, evidence }: Options): Promise<void> {
  const { session } = await findPurchase(shop, id);
  const resolution = { case: open, action, actor, ...(evidence !== undefined && { evidence }) };
  await decide(shop, () => shop.purchases.resolve({ session: session.id, resolution }));
  console.log(`${open} is resolved by ${action}; payonce inspect ${session.payment} shows what follows.`);
}
