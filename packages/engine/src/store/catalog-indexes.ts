import type { CollectionIndexes } from './collection-indexes.js';
import { entitlementIndexes } from './entitlements.js';
import { productIndexes } from './products.js';
import { uploadIndexes } from './uploads.js';

/** What is sold, and what it is made of. */
export const catalogIndexes: readonly CollectionIndexes[] = [entitlementIndexes, productIndexes, uploadIndexes];
