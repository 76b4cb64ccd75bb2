import type { Payment } from '@payonce/engine/domain';
import { dateText, priceText } from '../price-text.js';
import type { Summary } from '../summary.js';
import { Lines, Totals } from './order-summary.js';
import { Footer, Merchant, Notice, Page } from './page.js';
import type { Frame } from './page.js';
import { Goods } from './goods.js';
import type { ShownGrant } from './goods.js';

export interface OrderPageProps {
  readonly frame: Frame;
  readonly address: string;
  readonly payment: Payment;
  readonly summary: Summary;
  readonly grants: readonly ShownGrant[];
  readonly imageUrl: (image: string) => string | undefined;
  /** The merchant's page, with how the payment ended. */
  readonly returnTo: string | undefined;
  readonly version: string;
}

/** The buyer's order after the payment, for as long as it is kept: goods first, then the receipt. */
export const OrderPage = (props: OrderPageProps) => {
  const waiting = props.payment.state.value.kind === 'paid' && props.payment.state.value.stage === 'fulfilling';
  return (
    <Page
      frame={props.frame}
      title={`Your order · ${props.frame.merchant}`}
      layout="single"
      {...(waiting ? { refresh: 10 } : {})}
    >
      <main {...(waiting ? { 'data-poll': `${props.address}/status`, 'data-version': props.version } : {})}>
        <Merchant frame={props.frame} />
        <Outcome {...props} />
        <Goods grants={props.grants} waiting={waiting} />
        <Receipt {...props} />
        <Footer>
          <p class="no-print">The address of this page is your key to this order: keep it, and do not share it.</p>
        </Footer>
      </main>
    </Page>
  );
};

const Outcome = ({ payment, frame, returnTo }: OrderPageProps) => {
  const refunded = sumOf({ payment, status: 'succeeded' });
  const total = paidTotal(payment);
  const whole = total > 0 && refunded >= total;
  return (
    <>
      <h1>
        {whole
          ? 'Your order was refunded'
          : total === 0
            ? 'Thank you, your order is complete'
            : 'Thank you, your payment arrived'}
      </h1>
      {whole && (
        <Notice tone="info" title={`${priceText({ amount: refunded, currency: payment.currency })} went back to you`}>
          <p>Banks take some days to show it. What you bought with this order has ended.</p>
        </Notice>
      )}
      {!whole && returnTo !== undefined && (
        <p class="no-print">
          <a class="button secondary" href={returnTo} rel="noreferrer">
            Return to {frame.merchant}
          </a>
        </p>
      )}
    </>
  );
};

const Receipt = ({ payment, summary, imageUrl }: OrderPageProps) => (
  <section aria-labelledby="receipt">
    <h2 id="receipt">Receipt</h2>
    <Lines lines={summary.lines} imageUrl={imageUrl} />
    <Totals rows={summary.rows} total={summary.total} />
    <Refunds payment={payment} />
    <dl class="facts">
      {factsOf(payment).map(([label, value]) => (
        <div class="row">
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  </section>
);

const Refunds = ({ payment }: Pick<OrderPageProps, 'payment'>) => {
  const shown = payment.refunds.filter(({ status }) => status !== 'failed');
  return shown.length === 0 ? null : (
    <dl class="totals">
      {shown.map(({ status, amount, createdAt, settledAt }) => (
        <div class="row">
          <dt>{status === 'succeeded' ? `Refunded on ${dateText(settledAt ?? createdAt)}` : 'Refund on its way'}</dt>
          <dd>−{priceText({ amount, currency: payment.currency })}</dd>
        </div>
      ))}
    </dl>
  );
};

function factsOf(payment: Payment): readonly (readonly [string, string])[] {
  const { id, invoice, paidAt, customer, attempt, currency } = payment;
  const card = attempt?.outcome?.card;
  const received = paidTotal(payment);
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['Invoice', invoice?.number],
    ['Paid on', paidAt === null ? null : dateText(paidAt)],
    ['Payment', id],
    ['Received', received === attempt?.frozen?.quote.total ? null : priceText({ amount: received, currency })],
    ['Paid with', card ? `${card.network ?? 'Card'} ending in ${card.last4}` : null],
    ['Name', customer?.name],
    ['E-mail', customer?.email],
    ['Company', attempt?.request.customerBusinessName],
    ['Tax ID', attempt?.request.taxId],
  ];
  return facts.flatMap(([label, value]) => (value ? [[label, value] as const] : []));
}

const paidTotal = ({ attempt, state }: Payment): number =>
  state.value.kind === 'paid' ? state.value.captured.amount : (attempt?.frozen?.quote.total ?? 0);

const sumOf = ({ payment, status }: { readonly payment: Payment; readonly status: 'succeeded' | 'pending' }): number =>
  payment.refunds.filter((refund) => refund.status === status).reduce((sum, { amount }) => sum + amount, 0);
