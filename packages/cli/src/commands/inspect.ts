import type { Command } from 'commander';
import type { CliConfig } from '../config.js';
import { withShop } from '../connections/shop.js';
import { print } from '../output/print.js';
import { gatherDossier } from '../purchases/dossier.js';
import { dossierJson } from '../purchases/dossier-json.js';
import { dossierText } from '../purchases/dossier-text.js';

/** payonce inspect. */
export function addInspect(program: Command, config: () => CliConfig): void {
  program
    .command('inspect')
    .description('everything about a purchase: record, live state, open cases, grants, refunds, events and deliveries')
    .argument('<purchase>', 'pay_… or cks_…')
    .option('--json', 'print JSON')
    .action(async (id: string, { json }: { readonly json?: boolean }) => {
      const dossier = await withShop(config(), (shop) => gatherDossier(shop, id));
      print({ json, data: dossierJson(dossier), text: dossierText(dossier) });
    });
}
