/** A provider of seats, as somebody would configure it. */
export const SEATS = {
  id: 'acme-seats',
  displayName: 'Acme seats',
  taskQueue: 'acme-seats',
  summary: 'A seat in one of our halls.',
  settings: {
    type: 'object',
    properties: {
      hall: { type: 'string', title: 'Hall', enum: ['A', 'B'] },
      row: { type: 'integer', title: 'Row', minimum: 1, default: 1 },
    },
    required: ['hall'],
    additionalProperties: false,
  },
};
