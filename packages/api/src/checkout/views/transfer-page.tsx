import type { PaymentInstruction } from '@payonce/plugin-sdk';
import { Checkout } from './checkout-page.js';
import type { CheckoutProps } from './checkout-page.js';
import { Notice } from './page.js';

/** Refreshing more often would help nobody: people move this money. */
const REFRESH_SECONDS = 60;

/** A payment that the buyer makes elsewhere by hand, as by bank transfer. Looks again by itself. */
export const TransferPage = ({
  instructions,
  version,
  payment,
  ...props
}: CheckoutProps & {
  readonly instructions: readonly PaymentInstruction[];
  readonly version: string;
  readonly payment: string;
}) => (
  <Checkout {...props} title="Make your payment" refresh={REFRESH_SECONDS}>
    <div class="stack" data-poll={`${props.address}/status`} data-version={version}>
      <h1>Now make your payment</h1>
      <p>Your order is noted. Send the money as follows; what you bought appears here once it has arrived.</p>
      <dl class="facts">
        {instructions.map(({ label, value }) => (
          <div class="row">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Notice tone="info" title="Please pay once, and exactly as shown">
        <p>The reference tells the seller what the money is for. Keep the address of this page: it is your order.</p>
      </Notice>
      <p class="hint">Payment {payment}</p>
    </div>
  </Checkout>
);
