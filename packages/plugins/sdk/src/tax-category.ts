/** What kind of thing is sold, as tax law sees it. */
export const TAX_CATEGORIES = ['digital_products', 'saas', 'e_book', 'edtech', 'live_tutoring'] as const;

/** One of {@link TAX_CATEGORIES}. */
export type TaxCategory = (typeof TAX_CATEGORIES)[number];
