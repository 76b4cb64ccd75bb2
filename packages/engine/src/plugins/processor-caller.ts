import { PROCESSOR_ADAPTER, PermanentError } from '@payonce/plugin-sdk';
import type {
  CancelResult,
  ClientConfig,
  CapturePayment,
  CompletePayment,
  CreatePayment,
  ParseWebhook,
  PaymentLookup,
  PaymentRef,
  PaymentResult,
  ProcessorAdapter,
  ProcessorCapabilities,
  RefundLookup,
  RefundPayment,
  RefundResult,
  WebhookResult,
} from '@payonce/plugin-sdk';
import {
  cancelResult,
  clientConfig,
  paymentLookup,
  paymentResult,
  refundLookup,
  refundResult,
  webhookResult,
} from '@payonce/plugin-sdk/schemas';
import { dataOf } from './asked.js';
import type { Asked } from './asked.js';
import type { CallOptions, PluginCaller, PluginQuestion } from './guarded-call.js';

/** A processor adapter behind the guarded call. A failure other than 'not_sent' leaves the outcome of a charge or refund unknown. */
export interface ProcessorCaller {
  readonly id: string;
  readonly displayName: string;
  readonly capabilities: ProcessorCapabilities;
  createPayment(asked: Asked<CreatePayment>): Promise<PaymentResult>;
  /** Looks the payment up where the adapter has nothing to complete. */
  completePayment(asked: Asked<CompletePayment>): Promise<PaymentLookup>;
  /** Rejects with the code 'capture_missing' where the adapter cannot. */
  capture(asked: Asked<CapturePayment>): Promise<PaymentResult>;
  retrievePayment(asked: Asked<PaymentRef>): Promise<PaymentLookup>;
  cancel(asked: Asked<PaymentRef>): Promise<CancelResult>;
  refund(asked: Asked<RefundPayment>): Promise<RefundResult>;
  retrieveRefund(asked: Asked<PaymentRef>): Promise<RefundLookup>;
  parseWebhook(asked: Asked<ParseWebhook>): Promise<WebhookResult>;
  /** What a page that offers to pay must be allowed to load: nothing, where the adapter says nothing. */
  clientConfig(options: CallOptions): Promise<ClientConfig>;
}

export function processorCaller({
  adapter,
  caller,
}: {
  adapter: ProcessorAdapter;
  caller: PluginCaller;
}): ProcessorCaller {
  const { id, displayName, capabilities } = adapter;
  const to = (verb: string): Pick<PluginQuestion<ProcessorAdapter>, 'kind' | 'id' | 'verb'> => ({
    kind: PROCESSOR_ADAPTER,
    id,
    verb,
  });
  return {
    id,
    displayName,
    capabilities,
    createPayment: (asked) =>
      caller.call({
        ...to('createPayment'),
        options: asked,
        expected: { schema: paymentResult },
        ask: (processor, call) => processor.createPayment({ ...dataOf(asked), ...call }),
      }),
    completePayment: (asked) =>
      caller.call({
        ...to('completePayment'),
        options: asked,
        expected: { schema: paymentLookup },
        ask: (processor, call) => complete(processor, { ...dataOf(asked), ...call }),
      }),
    capture: (asked) =>
      caller.call({
        ...to('capture'),
        options: asked,
        expected: { schema: paymentResult },
        ask: (processor, call) => capture(processor, { ...dataOf(asked), ...call }),
      }),
    retrievePayment: (asked) =>
      caller.call({
        ...to('retrievePayment'),
        options: asked,
        expected: { schema: paymentLookup },
        ask: (processor, call) => processor.retrievePayment({ ...dataOf(asked), ...call }),
      }),
    cancel: (asked) =>
      caller.call({
        ...to('cancel'),
        options: asked,
        expected: { schema: cancelResult },
        ask: (processor, call) => processor.cancel({ ...dataOf(asked), ...call }),
      }),
    ...refunds({ to, caller }),
    parseWebhook: (asked) =>
      caller.call({
        ...to('parseWebhook'),
        options: asked,
        expected: { schema: webhookResult },
        ask: (processor, call) => processor.parseWebhook({ ...dataOf(asked), ...call }),
      }),
    clientConfig: (options) =>
      caller.call({
        ...to('clientConfig'),
        options,
        expected: { schema: clientConfig },
        ask: (processor) => processor.clientConfig?.() ?? { scriptOrigins: [], frameOrigins: [], connectOrigins: [] },
      }),
  };
}

function refunds({
  to,
  caller,
}: {
  to: (verb: string) => Pick<PluginQuestion<ProcessorAdapter>, 'kind' | 'id' | 'verb'>;
  caller: PluginCaller;
}): Pick<ProcessorCaller, 'refund' | 'retrieveRefund'> {
  return {
    refund: (asked) =>
      caller.call({
        ...to('refund'),
        options: asked,
        expected: { schema: refundResult },
        ask: (processor, call) => processor.refund({ ...dataOf(asked), ...call }),
      }),
    retrieveRefund: (asked) =>
      caller.call({
        ...to('retrieveRefund'),
        options: asked,
        expected: { schema: refundLookup },
        ask: (processor, call) => processor.retrieveRefund({ ...dataOf(asked), ...call }),
      }),
  };
}

function complete(processor: ProcessorAdapter, request: CompletePayment): Promise<PaymentLookup> {
  const { query: _query, ...reference } = request;
  return processor.completePayment ? processor.completePayment(request) : processor.retrievePayment(reference);
}

function capture(processor: ProcessorAdapter, request: CapturePayment): Promise<PaymentResult> {
  if (processor.capture) return processor.capture(request);
  throw new PermanentError({ code: 'capture_missing', message: `${processor.id} authorizes and has no capture()` });
}
