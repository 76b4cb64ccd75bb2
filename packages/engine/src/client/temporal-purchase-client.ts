import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { AttemptId, GrantId, Session } from '../domain/index.js';
import { DomainError } from '../domain/index.js';
import {
  PURCHASE_WORKFLOW,
  buyerReturnedSignal,
  cancelCheckoutSignal,
  endGrantSignal,
  grantCompletedSignal,
  processorReportedSignal,
  purchaseWorkflowId,
  refundSignal,
  resolveUpdate,
  retryFulfillmentUpdate,
  stateQuery,
  submitPaymentUpdate,
} from '../messages/index.js';
import type { ProcessorReport, RefundRequest, SubmitAnswer } from '../messages/index.js';
import type { BusinessStore, SessionStore } from '../ports/index.js';
import type { PurchaseClient, PurchaseRef } from './purchase-client.js';
import { startOptions } from './start-options.js';

/** What the client is made of. */
export interface PurchaseClientDeps {
  readonly client: Client;
  readonly taskQueuePrefix: string;
  readonly sessions: SessionStore;
  readonly businesses: BusinessStore;
  /** How long a submit waits for the first outcome. */
  readonly submitWaitMs?: number;
}

/** How long recording calls may take. */
const RECORD_MS = 5_000;

/** {@link PurchaseClient} on a Temporal client. */
export function createPurchaseClient(deps: PurchaseClientDeps): PurchaseClient {
  const handle = (session: Session['id']): WorkflowHandle =>
    deps.client.workflow.getHandle(purchaseWorkflowId(session));
  return {
    start: (session) => start(deps, session),
    submit: ({ session, attempt }) => submit(deps, { handle: handle(session), attempt }),
    buyerReturned: ({ session, attempt }) =>
      recording(deps, () => ignoringClosed(handle(session).signal(buyerReturnedSignal, { attempt }))),
    report: ({ report, ...purchase }) =>
      signalOrReopen(deps, purchase, { signal: processorReportedSignal.name, args: [report] }),
    refund: ({ refund, ...purchase }) =>
      signalOrReopen(deps, purchase, { signal: refundSignal.name, args: [{ refundId: refund }] }),
    grantCompleted: ({ session, grant }) =>
      recording(deps, () => ignoringClosed(handle(session).signal(grantCompletedSignal, { grant }))),
    endGrant: ({ grant, ...purchase }) =>
      signalOrReopen(deps, purchase, { signal: endGrantSignal.name, args: [{ grant }] }),
    cancel: ({ session }) => recording(deps, () => ignoringClosed(handle(session).signal(cancelCheckoutSignal))),
    state: ({ session }) => recording(deps, () => handle(session).query(stateQuery)),
    async retryFulfillment({ session, ...request }) {
      return (await handle(session).executeUpdate(retryFulfillmentUpdate, { args: [request] })).retried.map(String);
    },
    async resolve({ session, resolution }) {
      await handle(session).executeUpdate(resolveUpdate, { args: [resolution] });
    },
  };
}

async function start(deps: PurchaseClientDeps, session: Session): Promise<void> {
  try {
    await recording(deps, async () => {
      await deps.client.workflow.start(PURCHASE_WORKFLOW, {
        ...(await startOptions(deps, { session, from: 'new' })),
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      });
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Never 'failed' for an unknown: what does not answer in time, or cannot be reached, is processing; the stored attempt is the promise. */
async function submit(
  { client, submitWaitMs = 10_000 }: PurchaseClientDeps,
  { handle, attempt }: { handle: WorkflowHandle; attempt: AttemptId },
): Promise<SubmitAnswer> {
  try {
    return await client.withDeadline(Date.now() + submitWaitMs, () =>
      handle.executeUpdate(submitPaymentUpdate, { args: [{ attempt }], updateId: attempt }),
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { status: 'refused', reason: 'expired' };
    if (error instanceof WorkflowUpdateFailedError) return { status: 'refused', reason: 'unknown_attempt' };
    return { status: 'processing' };
  }
}

interface Told {
  readonly signal: string;
  readonly args: [ProcessorReport | RefundRequest | { readonly grant: GrantId }];
}

/** A closed run is re-opened from the record: what is recorded is looked up there, never charged again. */
async function signalOrReopen(deps: PurchaseClientDeps, purchase: PurchaseRef, told: Told): Promise<void> {
  const session = await deps.sessions.find(purchase.session);
  if (session === undefined) throw new DomainError('NOT_FOUND', `checkout session ${purchase.session} does not exist`);
  const options = await startOptions(deps, { session, from: 'record' });
  await recording(deps, async () => {
    await deps.client.workflow.signalWithStart(PURCHASE_WORKFLOW, {
      ...options,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      signal: told.signal,
      signalArgs: told.args,
    });
  });
}

async function ignoringClosed(call: Promise<void>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/** Durable once it answers; SERVICE_UNAVAILABLE when Temporal cannot be reached. */
async function recording<Result>({ client }: PurchaseClientDeps, call: () => Promise<Result>): Promise<Result> {
  try {
    return await client.withDeadline(Date.now() + RECORD_MS, call);
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError || error instanceof WorkflowNotFoundError) throw error;
    throw new DomainError(
      'SERVICE_UNAVAILABLE',
      'the purchase service cannot be reached right now: try again in a moment',
      { cause: error },
    );
  }
}
