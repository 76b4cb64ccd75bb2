/** A JSON value, as options and deliveries are stored. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
