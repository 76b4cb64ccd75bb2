/** Closed lists of the plugin contract that records repeat: whoever stores or shows records checks against them. */
export { DECLINE_CODES, TAX_CATEGORIES, TAX_REASONS, isCurrency, isRate, toDecimal } from '@payonce/plugin-sdk';
export type { Currency, Json } from '@payonce/plugin-sdk';
