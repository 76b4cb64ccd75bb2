import type { Quote, QuotedLine, QuotedTax } from '../../domain/quote.js';
import { TAX_REASONS, isRate } from '../../domain/vocabulary.js';
import type { Codec } from '../codec/codec.js';
import { checked } from '../codec/codec.js';
import { list, record } from '../codec/composites.js';
import { count, currency, flag, minorUnits, oneOf, text } from '../codec/scalars.js';

const rate = checked('an exact rate', (value): value is string => typeof value === 'string' && isRate(value));
const reason = oneOf(...TAX_REASONS);

const tax: Codec<QuotedTax> = record<QuotedTax>({ name: text, jurisdiction: text, rate, reason, amount: minorUnits });

const line: Codec<QuotedLine> = record<QuotedLine>({
  line: text,
  product: text,
  quantity: count,
  unitPrice: minorUnits,
  subtotal: minorUnits,
  discount: minorUnits,
  taxInclusive: flag,
  net: minorUnits,
  tax: minorUnits,
  total: minorUnits,
  taxes: list(tax),
  reason,
});

export const quote: Codec<Quote> = record<Quote>({
  currency,
  lines: list(line),
  subtotal: minorUnits,
  discount: minorUnits,
  tax: minorUnits,
  total: minorUnits,
  notices: list(text),
});
