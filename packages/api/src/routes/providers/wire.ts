import type { ActionDescription, DescribedFulfillment, DescribedProcessor } from '@payonce/engine/plugins';

/** A fulfillment provider. Without its form (both null) it could not describe itself, and serves all the same. */
export const toFulfillmentProvider = ({ id, displayName, description, actions }: DescribedFulfillment) => ({
  id,
  display_name: displayName,
  summary: description?.summary ?? null,
  settings_schema: description?.settings ?? null,
  actions: actions.map(toAction),
});

/** A processor. `minimum_amount` is in minor units per currency. */
export const toProcessor = ({ id, displayName, capabilities, actions }: DescribedProcessor) => ({
  id,
  display_name: displayName,
  currencies: capabilities.currencies,
  minimum_amount: capabilities.minimumAmount,
  webhooks: capabilities.webhooks,
  payment_provider: capabilities.paymentProvider,
  actions: actions.map(toAction),
});

const toAction = ({ name, description, inputSchema }: ActionDescription) => ({
  name,
  description,
  input_schema: inputSchema,
});
