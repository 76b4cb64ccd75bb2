/** Up to 50 pairs that the merchant attaches: keys of at most 40 characters [A-Za-z0-9_-], values of at most 500. */
export type Metadata = Readonly<Record<string, string | number | boolean>>;
