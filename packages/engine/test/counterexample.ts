import fc from 'fast-check';

/** Tests a property 1,000 times. Undefined when it held; else the smallest case that refutes it, with the seed to repeat it by. */
export const counterexample = <Values>(property: fc.IProperty<Values>): string | undefined =>
  fc.defaultReportMessage(fc.check(property, { numRuns: 1_000 }));
