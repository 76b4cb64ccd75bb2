import type { ProcessorActionDone, ProviderAction } from './action.js';
import type { Call } from './call.js';
import type { Currency, Money } from './money.js';
import type {
  CancelResult,
  PaymentLookup,
  PaymentResult,
  RefundLookup,
  RefundResult,
  WebhookResult,
} from './processor-results.js';

/** What an adapter declares. The engine acts on these; the conformance kit tests them. */
export interface ProcessorCapabilities {
  /** Payments in other currencies never reach the adapter; asked all the same, it refuses with a PermanentError. */
  readonly currencies: 'all' | readonly Currency[];
  /** Seconds after sending for which "not found" by our reference is not believed yet. */
  readonly notFoundFinalAfterSeconds: number;
  /** Seconds for which the processor remembers an idempotency key. Charges are never repeated after that. */
  readonly idempotencyKeyLifeSeconds: number;
  /** The smallest charge per currency in minor units; a currency that is not listed has none. */
  readonly minimumAmount: Readonly<Partial<Record<Currency, number>>>;
  /** Whether it posts webhooks. Without them the engine learns everything by looking payments up, and from the adapter's own actions. */
  readonly webhooks: boolean;
  /** What the wire calls the provider of a payment. */
  readonly paymentProvider: 'stripe' | 'adyen' | 'dodo';
}

/** Asks for a charge. */
export interface CreatePayment extends Call {
  /** The merchant who sells, for adapters that keep an account for each. */
  readonly business: string;
  /** Ours, one per attempt: the processor must be able to find the payment by it. */
  readonly reference: string;
  /** Exactly what to charge: convert it exactly or refuse, never round. */
  readonly amount: Money;
  /** What the buyer may read on the processor's page. */
  readonly description: string;
  /** Where the buyer comes back to. What its query says is never believed; `completePayment` or a look-up decides. */
  readonly returnUrl: string;
  /** Who buys. Pass on what the processor needs and no more; never log address or name. */
  readonly customer: { readonly id: string; readonly email: string; readonly name: string };
  /** Of the billing address, ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** A method the processor already knows (a token, never card digits): charge it at once, without a page. */
  readonly paymentMethod?: string;
}

/** Names a payment: by our reference always, by the processor's own id when we learned it. */
export interface PaymentRef extends Call {
  /** The merchant who sells, as in {@link CreatePayment}. */
  readonly business: string;
  /** Ours, as in {@link CreatePayment}. */
  readonly reference: string;
  /** The processor's own id; absent after an answer that was lost. */
  readonly processorRef?: string;
}

/** The buyer's return from a redirect. */
export interface CompletePayment extends PaymentRef {
  /** The parameters of the address that the buyer came back to: anybody can type them, so ask the processor. */
  readonly query: Readonly<Record<string, string>>;
}

/** Asks for authorized money. */
export interface CapturePayment extends PaymentRef {
  /** All of what was authorized. */
  readonly amount: Money;
}

/** What the checkout page must be allowed to load for this processor, as origins: 'https://js.example.com'. */
export interface ClientConfig {
  /** Where its scripts come from. */
  readonly scriptOrigins: readonly string[];
  /** Which of its pages are framed, such as a 3-D Secure challenge. */
  readonly frameOrigins: readonly string[];
  /** Whom its scripts speak to. */
  readonly connectOrigins: readonly string[];
}

/** Asks for money to go back. */
export interface RefundPayment extends Call {
  /** The merchant who sold. */
  readonly business: string;
  /** Ours, one per refund attempt. */
  readonly reference: string;
  /** The payment that was captured, by both of its names. */
  readonly payment: { readonly reference: string; readonly processorRef: string };
  /** How much goes back, in the currency of the payment; several refunds of one payment are usual. */
  readonly amount: Money;
  /** The words of who asked, if any: shown at the processor, never needed. */
  readonly reason?: string;
}

/** What the processor posted to us, untouched. */
export interface ParseWebhook extends Call {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes as they came: a signature is over these, not over what JSON.parse makes of them. */
  readonly body: Uint8Array;
  /** The parameters of the inbound address. */
  readonly query: Readonly<Record<string, string>>;
}

/** Takes the money. Declines are results; throw NotSentError, RetryableError (the outcome is unknown) or PermanentError for the rest. */
export interface ProcessorAdapter {
  /**
   * Unique among processors, small letters, digits and hyphens: 'stripe'. Kept in every payment, so never change it.
   */
  readonly id: string;
  /** What merchants and operators read. */
  readonly displayName: string;
  /** What it can do. Read once at boot. */
  readonly capabilities: ProcessorCapabilities;
  /**
   * Called once per attempt, and again with the same key only after a look-up found nothing or nothing was sent. A decline is an answer. NotSentError says that surely nothing
   * arrived; RetryableError, and anything else that is thrown, that nobody knows: then the engine looks the payment up until it does. PermanentError fails the attempt.
   */
  createPayment(request: CreatePayment): Promise<PaymentResult>;
  /** Called when the buyer returns, for processors that need it; otherwise the engine looks the payment up. */
  completePayment?(request: CompletePayment): Promise<PaymentResult>;
  /** Called after `authorized`, at least once, before anything is handed over. An adapter that can answer `authorized` must have it. */
  capture?(request: CapturePayment): Promise<PaymentResult>;
  /**
   * The truth about a payment, asked for as often as somebody wants to know: after a lost answer, then only our reference is known, while a payment is open, and when a session
   * ends. Must not change anything. A throw means "ask again".
   */
  retrievePayment(request: PaymentRef): Promise<PaymentLookup>;
  /**
   * Makes sure that nothing can be captured any more, or says what happened instead. Called at least once before a new attempt and at expiry. 'unknown', like a throw, means
   * "ask again": the buyer cannot pay anew before it is decided.
   */
  cancel(request: PaymentRef): Promise<CancelResult>;
  /**
   * Called at least once per refund, always with the same key and reference; several partial refunds of one payment
   * come with keys of their own. "Pending" is looked up later.
   */
  refund(request: RefundPayment): Promise<RefundResult>;
  /** The truth about a refund: called while it is pending and after a lost answer, by our reference of the refund. */
  retrieveRefund(request: PaymentRef): Promise<RefundLookup>;
  /**
   * Pure: verifies the signature over the raw bytes, then reads. Called for every post to the inbound address of a mode; what the other mode's account posted is refused. Without
   * `webhooks` it refuses everything.
   */
  parseWebhook(request: ParseWebhook): Promise<WebhookResult>;
  /** Called for each page that offers to pay. Pure; a throw leaves the page without these origins. */
  clientConfig?(): ClientConfig;
  /** What merchants can do beside selling, by name in snake_case: `POST /processors/{id}/actions/{name}`. */
  readonly actions?: Readonly<Record<string, ProviderAction<ProcessorActionDone>>>;
}
