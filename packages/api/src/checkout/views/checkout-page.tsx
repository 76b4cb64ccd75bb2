import type { ComponentChildren } from 'preact';
import type { Summary } from '../summary.js';
import { OrderSummary } from './order-summary.js';
import { Footer, Notice, Page } from './page.js';
import type { Frame } from './page.js';
import { PaymentForm } from './payment-form.js';
import type { PaymentFormProps } from './payment-form.js';

/** What every page of an unpaid session shows. */
export interface CheckoutProps {
  readonly frame: Frame;
  /** Address of the session's page. */
  readonly address: string;
  readonly summary: Summary;
  readonly imageUrl: (image: string) => string | undefined;
  readonly cancelUrl: string | undefined;
}

/** Something to tell above the form. */
export interface Message {
  readonly tone: 'bad' | 'info';
  readonly title: string;
  readonly text: string;
}

/** The frame of every page of an unpaid session: the order beside what there is to do. */
export const Checkout = ({
  title,
  refresh,
  children,
  ...props
}: CheckoutProps & { readonly title: string; readonly refresh?: number; readonly children: ComponentChildren }) => (
  <Page
    frame={props.frame}
    title={`${title} · ${props.frame.merchant}`}
    layout="split"
    {...(refresh === undefined ? {} : { refresh })}
  >
    <OrderSummary {...props} />
    <main>
      {children}
      <Footer />
    </main>
  </Page>
);

/** The page to pay on. */
export const PayPage = ({
  message,
  form,
  ...props
}: CheckoutProps & { readonly message: Message | null; readonly form: PaymentFormProps }) => (
  <Checkout {...props} title="Checkout">
    <h1>Your details</h1>
    <MessageNotice message={message} />
    <PaymentForm {...form} />
  </Checkout>
);

const MessageNotice = ({ message }: { readonly message: Message | null }) =>
  message === null ? null : (
    <Notice tone={message.tone} title={message.title} alert>
      <p>{message.text}</p>
    </Notice>
  );

/** A payment that waits for its buyer at the processor. */
export const ContinuePage = ({
  url,
  form,
  message,
  ...props
}: CheckoutProps & { readonly url: string; readonly form: PaymentFormProps; readonly message: Message | null }) => (
  <Checkout {...props} title="Continue your payment">
    <div class="stack">
      <h1>Continue your payment</h1>
      <p>Your payment of {form.totalText} has begun, and waits for you on the secure payment page.</p>
      <a class="button primary" href={url} rel="noreferrer">
        Continue to payment
      </a>
    </div>
    <details class="reveal" open={message !== null || Object.keys(form.errors).length > 0}>
      <summary>Pay with other details instead</summary>
      <MessageNotice message={message} />
      <PaymentForm {...form} />
    </details>
  </Checkout>
);

/** A payment whose outcome is not known yet. Looks again by itself. */
export const ProcessingPage = ({
  held,
  version,
  payment,
  ...props
}: CheckoutProps & { readonly held: boolean; readonly version: string; readonly payment: string }) => (
  <Checkout {...props} title="Payment in progress" {...(held ? {} : { refresh: 5 })}>
    <div class="stack" data-poll={`${props.address}/status`} data-version={version}>
      <h1>{held ? 'The seller is looking at your payment' : 'Your payment is being processed'}</h1>
      {!held && (
        <p class="working" role="status">
          We have your payment request, and wait for the answer.
        </p>
      )}
      {held && (
        <p>
          Your payment arrived, but its amount is not the one expected. The seller completes the order or sends the
          money back.
        </p>
      )}
      <Notice tone="info" title="Please do not pay again">
        <p>
          This page shows the outcome as soon as it is known. You can close it and come back to the same address later.
        </p>
      </Notice>
      <p class="hint">Payment {payment}</p>
    </div>
  </Checkout>
);

/** A session that ended without a sale. */
export const EndedPage = ({
  reason,
  returned,
  ...props
}: CheckoutProps & {
  readonly reason: 'expired' | 'cancelled';
  /** Whether money had come, and went back. */
  readonly returned: boolean;
}) => (
  <Checkout {...props} title={reason === 'expired' ? 'Checkout expired' : 'Checkout cancelled'}>
    <div class="stack">
      <h1>{reason === 'expired' ? 'This checkout has expired' : 'This checkout was cancelled'}</h1>
      <p>
        {returned ? 'The money that you had paid was sent back to you.' : 'You were not charged.'} To buy, open the
        checkout again from {props.frame.merchant}.
      </p>
      {props.cancelUrl !== undefined && (
        <a class="button secondary" href={props.cancelUrl} rel="noreferrer">
          Back to {props.frame.merchant}
        </a>
      )}
    </div>
  </Checkout>
);
