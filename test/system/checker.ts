import type { Evidence, LedgerEntry, PurchaseRecord } from './evidence.js';

/** What of every purchase has to be true whatever happened. Answers one sentence per breach; none when all is well. */
export const breaches = (evidence: Evidence): readonly string[] => [
  ...evidence.purchases.flatMap((purchase) => [
    ...chargedOnce(purchase, evidence),
    ...settled(purchase),
    ...handedOverOnce(purchase, evidence),
    ...toldOnce(purchase),
  ]),
  ...ledgerOfOurs(evidence),
  ...keysStable(evidence),
  ...eventsDelivered(evidence),
  ...nothingStuck(evidence),
];

/** Money: one charge for all attempts together, of what the buyer was asked for. */
function chargedOnce({ payment, attempts }: PurchaseRecord, { ledger }: Evidence): readonly string[] {
  const charges = ledger.filter(
    ({ kind, reference }) => kind === 'charge' && attempts.some(({ id }) => id === reference),
  );
  const [charge] = charges;
  if (charges.length !== 1 || charge === undefined) return [`${payment} was charged ${charges.length} times`];
  const asked = attempts.find(({ id }) => id === charge.reference)?.asked;
  const isRight = asked?.amount === charge.amount && asked.currency === charge.currency;
  return isRight ? [] : [`${payment} was charged ${charge.amount} ${charge.currency}, not what was asked for`];
}

const settled = ({ payment, state }: PurchaseRecord): readonly string[] =>
  state === 'paid, settled' ? [] : [`${payment} is ${state}`];

/** Goods: both grants delivered, one key, and no other. */
function handedOverOnce({ payment, grants }: PurchaseRecord, { keys: [keys] }: Evidence): readonly string[] {
  const delivered = grants.filter(({ status }) => status === 'delivered').length;
  const own = keys.filter((key) => key.payment === payment);
  const granted = grants.flatMap(({ licenseKey }) => licenseKey ?? []);
  return [
    ...(grants.length === GRANTS && delivered === GRANTS
      ? []
      : [`${payment} has ${delivered} of ${grants.length} grants delivered`]),
    ...(own.length === 1 ? [] : [`${payment} has ${own.length} license keys`]),
    ...(sameItems(
      granted,
      own.map(({ id }) => id),
    )
      ? []
      : [`${payment} has a key that no grant gave, or the reverse`]),
  ];
}

const GRANTS = 2;

/** What every paid purchase of these tests tells, each so many times. */
const TOLD = { 'payment.succeeded': 1, 'license_key.created': 1, 'entitlement_grant.delivered': GRANTS } as const;
/** May be told of an attempt on its way, once. */
const ON_THE_WAY = 'payment.processing';

function toldOnce({ payment, events }: PurchaseRecord): readonly string[] {
  const times = (type: string): number => events.filter((event) => event.type === type).length;
  const isKnown = (type: string): boolean => type in TOLD || type === ON_THE_WAY;
  return [
    ...Object.entries(TOLD)
      .filter(([type, count]) => times(type) !== count)
      .map(([type]) => `${payment} tells ${type} ${times(type)} times`),
    ...(times(ON_THE_WAY) > 1 ? [`${payment} tells ${ON_THE_WAY} ${times(ON_THE_WAY)} times`] : []),
    ...events
      .filter(({ type }) => !isKnown(type))
      .map(({ type }) => `${payment} tells of ${type}, which never happened`),
  ];
}

/** No charge that belongs to nobody, and no money back. */
function ledgerOfOurs({ ledger, purchases }: Evidence): readonly string[] {
  const ours = new Set(purchases.flatMap(({ attempts }) => attempts.map(({ id }) => id)));
  const isOurs = ({ kind, reference }: LedgerEntry): boolean => kind === 'charge' && ours.has(reference);
  return ledger
    .filter((entry) => !isOurs(entry))
    .map(({ kind, reference }) => `the processor has a ${kind} of ${reference}`);
}

function keysStable({ keys: [first, second] }: Evidence): readonly string[] {
  const texts = new Set(first.map(({ key }) => key));
  return [
    ...(texts.size === first.length ? [] : ['two purchases have the same license key']),
    ...(JSON.stringify(first) === JSON.stringify(second) ? [] : ['the license keys read differently the second time']),
  ];
}

/** Each stored event was taken by the merchant, always with the same signed body; and nothing else was posted. */
function eventsDelivered({ purchases, posts }: Evidence): readonly string[] {
  const stored = purchases.flatMap(({ events }) => events);
  const known = new Set<string>(stored.map(({ id }) => id));
  const taken = new Set(posts.filter((post) => post.taken).map(({ id }) => id));
  const bodies = (id: string): number => new Set(posts.filter((post) => post.id === id).map(({ body }) => body)).size;
  return [
    ...stored.filter(({ id }) => !taken.has(id)).map(({ id, type }) => `${id} (${type}) was not delivered`),
    ...[...known].filter((id) => bodies(id) > 1).map((id) => `${id} was posted with ${bodies(id)} bodies`),
    ...posts.filter(({ id }) => !known.has(id)).map(({ id }) => `${id} was posted but is no event`),
    ...posts.filter(({ genuine }) => !genuine).map(({ id }) => `${id} was posted with a wrong signature`),
  ];
}

const nothingStuck = ({ screen, purchases }: Evidence): readonly string[] => [
  ...(screen.needsAttention === 0 ? [] : [`${screen.needsAttention} purchases need attention`]),
  ...(screen.settled === purchases.length ? [] : [`the screen shows ${screen.settled} of ${purchases.length} settled`]),
];

const sameItems = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((item) => other.includes(item));
