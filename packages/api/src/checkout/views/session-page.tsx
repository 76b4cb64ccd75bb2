import type { AttemptId, EntitlementGrant } from '@payonce/engine/domain';
import type { VNode } from 'preact';
import type { CheckoutRecord, CheckoutState } from '../checkout-record.js';
import { declineText } from '../decline-text.js';
import type { CheckoutDeps } from '../deps.js';
import type { FormErrors, FormValues } from '../pay-form.js';
import { returnAddress, webAddress } from '../return-url.js';
import { shownGrant } from '../shown-grants.js';
import type { ShownQuote } from '../shown-quote.js';
import { summarize } from '../summary.js';
import { ContinuePage, EndedPage, PayPage, ProcessingPage } from './checkout-page.js';
import { TransferPage } from './transfer-page.js';
import type { CheckoutProps, Message } from './checkout-page.js';
import { OrderPage } from './order-page.js';
import type { PaymentFormProps } from './payment-form.js';

/** Everything that the page of a session is made of. */
export interface SessionPageProps {
  readonly deps: Pick<CheckoutDeps, 'fileLink' | 'imageUrl'>;
  readonly base: string;
  readonly record: CheckoutRecord;
  readonly state: CheckoutState;
  readonly shown: ShownQuote;
  readonly values: FormValues;
  readonly errors: FormErrors;
  readonly message: Message | null;
  readonly token: string;
  /** The attempt that the form is for. */
  readonly attempt: AttemptId;
  readonly grants: readonly EntitlementGrant[];
  /** Changes whenever the page would. */
  readonly version: string;
}

/** The page of a session in the state that it is in. */
export function sessionPage(props: SessionPageProps): VNode {
  const { record, state } = props;
  const checkout = checkoutProps(props);
  switch (state.kind) {
    case 'payable':
      return <PayPage {...checkout} form={formProps(props)} message={props.message ?? declined(state)} />;
    case 'action':
      return state.url === null ? (
        <ProcessingPage {...checkout} held={false} version={props.version} payment={record.session.payment} />
      ) : (
        <ContinuePage {...checkout} url={state.url} form={formProps(props)} message={props.message} />
      );
    case 'processing':
    case 'held':
      return (
        <ProcessingPage
          {...checkout}
          held={state.kind === 'held'}
          version={props.version}
          payment={record.session.payment}
        />
      );
    case 'transfer':
      return (
        <TransferPage
          {...checkout}
          instructions={state.instructions}
          version={props.version}
          payment={record.session.payment}
        />
      );
    case 'expired':
    case 'cancelled':
      return <EndedPage {...checkout} reason={state.kind} returned={hasReturned(record)} />;
    case 'paid':
      return orderPage({ ...props, state });
  }
}

/** A session that ended had no sale: what was captured went back. */
const hasReturned = ({ attempts }: CheckoutRecord): boolean =>
  attempts.some(({ outcome }) => outcome?.status === 'succeeded');

const pictures =
  ({ imageUrl }: SessionPageProps['deps']) =>
  (image: string): string | undefined =>
    imageUrl?.(image);

function checkoutProps({ deps, base, record, shown }: SessionPageProps): CheckoutProps {
  const { session, merchant } = record;
  return {
    frame: { base, merchant, testMode: session.mode === 'test' },
    address: `${base}/session/${session.id}`,
    summary: summarize({ session, quote: shown.quote, tax: shown.tax }),
    imageUrl: pictures(deps),
    cancelUrl: webAddress(session.cancelUrl),
  };
}

function formProps(props: SessionPageProps): PaymentFormProps {
  const { address, summary } = checkoutProps(props);
  return {
    action: address,
    token: props.token,
    attempt: props.attempt,
    values: props.values,
    errors: props.errors,
    total: props.shown.quote.total,
    totalText: summary.total,
    merchant: props.record.merchant,
  };
}

const declined = ({ declined: code }: Extract<CheckoutState, { kind: 'payable' }>): Message | null =>
  code === null ? null : { tone: 'bad', title: 'The payment did not go through', text: declineText(code) };

function orderPage({
  state,
  ...props
}: SessionPageProps & { readonly state: Extract<CheckoutState, { kind: 'paid' }> }): VNode {
  const { address, frame, summary, imageUrl } = checkoutProps({ ...props, state });
  const { payment } = state;
  const returnUrl = webAddress(props.record.session.returnUrl);
  return (
    <OrderPage
      frame={frame}
      address={address}
      payment={payment}
      summary={summary}
      grants={props.grants.map((grant) => shownGrant({ grant, fileLink: props.deps.fileLink }))}
      imageUrl={imageUrl}
      returnTo={
        returnUrl === undefined ? undefined : returnAddress({ returnUrl, payment: payment.id, status: 'succeeded' })
      }
      version={props.version}
    />
  );
}
