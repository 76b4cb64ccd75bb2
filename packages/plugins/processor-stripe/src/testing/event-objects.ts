/** Metadata of a payment of ours, made with a token. */
export const ours = { payonce_reference: 'att_1', payonce_flow: 'token' };

/** A payment as an event brings it. */
export const intent = (fields: object = {}) => ({
  id: 'pi_1',
  object: 'payment_intent',
  amount: 1255,
  amount_received: 1255,
  currency: 'eur',
  metadata: ours,
  status: 'succeeded',
  ...fields,
});

/** A page as an event brings it. */
export const session = (fields: object = {}) => ({
  id: 'cs_test_1',
  object: 'checkout.session',
  amount_total: 1255,
  client_reference_id: 'att_1',
  currency: 'eur',
  metadata: { payonce_reference: 'att_1' },
  payment_intent: 'pi_1',
  payment_status: 'paid',
  status: 'complete',
  ...fields,
});

/** A refund as an event brings it. */
export const refund = (fields: object = {}) => ({
  id: 're_1',
  object: 'refund',
  amount: 500,
  currency: 'eur',
  metadata: { payonce_reference: 'ref_1' },
  payment_intent: 'pi_1',
  status: 'succeeded',
  ...fields,
});

/** A charge as an event brings it. */
export const charge = (fields: object = {}) => ({
  id: 'ch_1',
  object: 'charge',
  amount_captured: 1255,
  captured: true,
  currency: 'eur',
  metadata: ours,
  payment_intent: 'pi_1',
  payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242', funding: 'debit', country: 'DE' } },
  ...fields,
});
