import { ids } from '@payonce/engine/adapters';
import type { Business } from '@payonce/engine/ports';
import type { CliConfig } from '../config.js';
import type { Records } from '../connections/records.js';
import { Explained } from '../explained.js';

const REFUND_WINDOW_DAYS = 30;

/** The oldest business, made when there is none. Its id follows from the installation's secret, so two runs at once make one. */
export async function ensureBusiness(
  { stores, secrets }: Pick<Records, 'stores' | 'secrets'>,
  { BUSINESS_NAME: name, BUSINESS_COUNTRY: country }: Pick<CliConfig, 'BUSINESS_NAME' | 'BUSINESS_COUNTRY'>,
): Promise<{ readonly business: Business; readonly made: boolean }> {
  const before = await stores.businesses.first();
  if (before) return { business: before, made: false };
  const seed = secrets.hash('the first business');
  await stores.businesses.ensure({
    id: ids.derive('bus', seed),
    brand: ids.derive('brnd', seed),
    name,
    country: country ?? null,
    refundWindowDays: REFUND_WINDOW_DAYS,
    createdAt: new Date(),
  });
  return { business: await firstBusiness({ stores }), made: true };
}

/** The business that commands work for. */
export async function firstBusiness({ stores }: Pick<Records, 'stores'>): Promise<Business> {
  const business = await stores.businesses.first();
  if (!business) throw new Explained('There is no business yet: run payonce setup.');
  return business;
}
