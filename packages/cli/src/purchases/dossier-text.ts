import { moneyText } from '../output/money-text.js';
import { table } from '../output/table.js';
import { purchaseWorkflowId } from '../purchase-names.js';
import { resolveCommand, retryCommand } from './commands-to-type.js';
import type { Dossier } from './dossier.js';

/** A dossier for people: no names and keys, so that it can be passed on. */
export const dossierText = (dossier: Dossier): string =>
  [
    facts(dossier),
    live(dossier),
    section('Attempts', ['ID', 'PRESSED', 'TOTAL', 'OUTCOME', 'AT THE PROCESSOR'], attemptRows(dossier)),
    section('Grants', ['ID', 'STATE', 'PROVIDER', 'PRODUCT', 'NOTE'], grantRows(dossier)),
    section('Refunds', ['ID', 'STATE', 'AMOUNT', 'ASKED FOR', 'NOTE'], refundRows(dossier)),
    section('Events', ['ID', 'TYPE', 'AT', 'DELIVERIES'], eventRows(dossier)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');

function facts({ session, payment, running }: Dossier): string {
  const { value } = payment?.state ?? {};
  const captured = value && 'captured' in value ? moneyText(value.captured) : undefined;
  const carried = running === undefined ? 'not known to Temporal' : running ? 'running' : 'ended';
  return [
    ['payment', `${session.payment} (${session.mode}), ${payment?.status ?? 'not attempted'}`],
    ['session', `${session.id}, made ${at(session.createdAt)}, payable until ${at(session.expiresAt)}`],
    ['sold', session.lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')],
    ['paid', paidText({ payment, captured })],
    ['processor', payment?.processor ?? session.servedBy.processor],
    ['workflow', `${purchaseWorkflowId(session.id)}, ${carried}`],
  ]
    .map(([name = '', text = '']) => `${name.padEnd(10)} ${text}`)
    .join('\n');
}

function paidText({
  payment,
  captured,
}: {
  readonly payment: Dossier['payment'];
  readonly captured: string | undefined;
}): string {
  if (captured === undefined) return 'no';
  if (payment?.state.value.kind === 'held') return `${captured} captured, and held`;
  return `${payment?.paidAt ? at(payment.paidAt) : ''}, ${captured}, invoice ${payment?.invoice?.number ?? 'none yet'}`;
}

function live({ session, payment, running, live: told }: Dossier): string {
  if ('silence' in told) return `Live state\n  ${told.silence}`;
  const { state, waitsFor, until, attention, lastError } = told.view;
  const isAbandoned =
    running === false && payment !== undefined && state.kind === 'paid' && state.stage === 'fulfilling';
  return [
    'Live state',
    `  ${state.kind}${'stage' in state ? `, ${state.stage}` : ''}; waits for ${waitsFor}${until === null ? '' : ` until ${until}`}`,
    ...(lastError === null ? [] : [`  last error: ${lastError}`]),
    ...(isAbandoned ? [`  the workflow has ended before that: ${retryCommand(session.payment)}`] : []),
    ...attention.flatMap((open) => [
      `  ${open.id} since ${open.since}: ${open.reason}`,
      `    → ${resolveCommand({ payment: session.payment, open })}`,
    ]),
  ].join('\n');
}

function section(title: string, headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `${title}\n${table({ headings, rows }).replace(/^/gm, '  ')}`;
}

const attemptRows = ({ attempts }: Dossier) =>
  attempts.map(({ id, createdAt, frozen, outcome, voidedAt }) => [
    id,
    at(createdAt),
    frozen === null ? 'not frozen' : moneyText({ amount: frozen.quote.total, currency: frozen.quote.currency }),
    `${voidedAt === null ? (outcome?.status ?? 'none yet') : 'voided'}${outcome?.error ? ` (${outcome.error.code})` : ''}`,
    outcome?.processorRef ?? '',
  ]);

const grantRows = ({ grants }: Dossier) =>
  grants.map(({ id, status, provider, productName, awaiting, error, revocationReason }) => [
    id,
    status,
    provider,
    productName,
    error?.message ?? awaiting ?? revocationReason ?? '',
  ]);

const refundRows = ({ session, payment }: Dossier) =>
  (payment?.refunds ?? []).map(({ id, status, amount, createdAt, reason, failure }) => [
    id,
    status,
    moneyText({ amount, currency: session.currency }),
    at(createdAt),
    failure?.message ?? reason ?? '',
  ]);

const eventRows = ({ events, deliveries }: Dossier) =>
  events.map(({ id, type, createdAt }) => [
    id,
    type,
    at(createdAt),
    deliveries
      .filter(({ event }) => event === id)
      .map(({ endpoint, status, attempts, lastStatus, lastError }) =>
        status === 'delivered'
          ? `${endpoint} delivered`
          : `${endpoint} ${status} after ${attempts} (${lastError ?? lastStatus ?? 'not tried'})`,
      )
      .join(', ') || 'no endpoint wanted it',
  ]);

const at = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
