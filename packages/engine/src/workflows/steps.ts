import { ActivityFailure, ApplicationFailure, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { PurchaseActivities } from '../messages/index.js';

/** Our own database only: cheap to record, and over in about three seconds one way or the other. */
const local = proxyLocalActivities<PurchaseActivities>({
  startToCloseTimeout: '3 seconds',
  scheduleToCloseTimeout: '4 seconds',
  retry: { maximumAttempts: 2, initialInterval: '100ms' },
});

/** The same steps when the database is out: visible on the screen, and as patient as it takes. */
const patient = proxyActivities<PurchaseActivities>({
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** Steps that leave the process. They end well before a processor forgets an idempotency key. */
const outside = proxyActivities<PurchaseActivities>({
  startToCloseTimeout: '20 seconds',
  scheduleToCloseTimeout: '2 minutes',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '20 seconds' },
});

/** Questions: the ladder asks again, so one repetition is enough. */
const asking = proxyActivities<PurchaseActivities>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '1 second', maximumAttempts: 2 },
});

/** A quote, and every unit of a cart set aside: longer than both may take, so that no repetition overtakes the first try. */
const settingAside = proxyActivities<PurchaseActivities>({
  startToCloseTimeout: '45 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** Every unit of a cart let go: the ladder asks again, so one repetition is enough. */
const lettingGo = proxyActivities<PurchaseActivities>({
  startToCloseTimeout: '90 seconds',
  retry: { initialInterval: '1 second', maximumAttempts: 2 },
});

/** Handing over through another system: worth trying for an hour before a person is asked. */
const handOver = proxyActivities<PurchaseActivities>({
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '1 hour',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes', maximumAttempts: 8 },
});

type Step<Input, Output> = (input: Input) => Promise<Output>;

/** Local first; when that does not end in time, the same function as a regular activity. A refusal for good is passed on. */
function recorded<Input, Output>(
  pick: (activities: PurchaseActivities) => Step<Input, Output>,
  fallback: PurchaseActivities = patient,
): Step<Input, Output> {
  return async (input) => {
    try {
      return await pick(local)(input);
    } catch (error) {
      if (isFinal(error)) throw error;
      return pick(fallback)(input);
    }
  };
}

const isFinal = (error: unknown): boolean =>
  error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.nonRetryable === true;

/** The code of a failed step, for screens; never foreign text. */
export const failureCode = (error: unknown): string =>
  error instanceof ActivityFailure && error.cause instanceof ApplicationFailure
    ? (error.cause.type ?? 'failed')
    : 'no_answer';

/** Every step of a purchase, each in the way that suits it. */
export const steps = {
  createCheckout: recorded((activities) => activities.createCheckout),
  loadRecord: recorded((activities) => activities.loadRecord),
  quoteTax: recorded((activities) => activities.quoteTax),
  quoteAndSetAside: settingAside.quoteTax,
  releaseGoods: lettingGo.releaseGoods,
  computeTax: recorded((activities) => activities.computeTax, outside),
  voidTax: outside.voidTax,
  recordTransition: recorded((activities) => activities.recordTransition),
  emitWebhooks: recorded((activities) => activities.emitWebhooks),
  settleRefund: recorded((activities) => activities.settleRefund),
  reserveRefund: recorded((activities) => activities.reserveRefund),
  overrideCharge: recorded((activities) => activities.overrideCharge),
  closeGrant: recorded((activities) => activities.closeGrant),
  openGrant: recorded((activities) => activities.openGrant),
  acceptGrant: recorded((activities) => activities.acceptGrant),
  acceptRevocation: recorded((activities) => activities.acceptRevocation),
  fulfillOwn: recorded((activities) => activities.fulfillGrant, handOver),
  fulfillOutside: handOver.fulfillGrant,
  revokeOwn: recorded((activities) => activities.revokeGrant, handOver),
  revokeOutside: handOver.revokeGrant,
  charge: outside.charge,
  capture: outside.capture,
  lookUpCharge: asking.lookUpCharge,
  cancelCharge: asking.cancelCharge,
  returnCharge: outside.returnCharge,
  refund: outside.refund,
  lookUpRefund: asking.lookUpRefund,
} as const;
