import { isId } from '@payonce/engine/domain';
import type { Scope } from '@payonce/engine/domain';
import type { PaymentFilter } from '@payonce/engine/ports';
import { between } from '../../http/query.js';
import { reachedStatus } from './schema.js';
import type { ListPayments } from './schema.js';

/** The store's filter; undefined when nothing can match, such as a text that is no id. */
export function paymentFilter(scope: Scope, query: ListPayments): Omit<PaymentFilter, 'page'> | undefined {
  const { customer_id: customer, product_id: product, subscription_id: subscription } = query;
  const status = query.status && reachedStatus(query.status);
  if (subscription !== undefined || (query.status !== undefined && status === undefined)) return undefined;
  if (customer !== undefined && !isId('cus', customer)) return undefined;
  if (product !== undefined && !isId('pdt', product)) return undefined;
  return {
    ...scope,
    ...between(query),
    ...(customer !== undefined && { customer }),
    ...(product !== undefined && { product }),
    ...(status !== undefined && { status }),
    ...(query.brand_id !== undefined && { brand: query.brand_id }),
    ...(query.currency !== undefined && { currency: query.currency }),
  };
}
