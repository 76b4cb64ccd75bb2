import { z } from 'zod';
import { TAX_REASONS } from '../tax.js';
import type { TaxCalculation } from '../tax.js';
import { rate, text } from './common.js';

const lineTax = z.strictObject({ name: text(60), rate, jurisdiction: text(20), reason: z.enum(TAX_REASONS) });

/** Checks a {@link TaxCalculation}; that every line asked about is answered once is the caller's to check. */
export const taxCalculation: z.ZodType<TaxCalculation> = z
  .strictObject({
    lines: z
      .array(z.strictObject({ line: text(100), taxes: z.array(lineTax).max(10), reason: z.enum(TAX_REASONS) }))
      .max(100),
    notices: z.array(text(500)).max(20).exactOptional(),
  })
  .readonly();
