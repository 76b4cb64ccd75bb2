const number = (value, digits = 1) => value.toFixed(digits);

/** The processes whose CPU time counts as ours; the others are shown apart. */
const OURS = ['worker', 'api', 'temporal'];

/** One table of everything, for people. */
export function report({ environment, settings, throughput, history, latency, pluginCalls }) {
  const { purchase, bare, ratio } = throughput;
  const rows = [
    ['', 'purchase', 'bare workflow'],
    ['per second', number(purchase.perSecond), number(bare.perSecond)],
    ['POST answered / run ended, p50 / p99, ms', spread(purchase.answeredMs), spread(bare.answeredMs)],
    ...cpuRows({ purchase, bare }),
    ['history events (direct)', middle(history.direct.events), middle(history.bare.events)],
    ['state transitions (direct)', middle(history.direct.transitions), middle(history.bare.transitions)],
    ['history events (card page)', middle(history.redirect.events), ''],
    ['state transitions (card page)', middle(history.redirect.transitions), ''],
    [`click to license, idle p50 / p99, ms (${latency.samples})`, spread(latency), ''],
  ];
  return [
    ...environmentLines(environment),
    `${throughput.rounds} rounds of ${settings.perRound}, ${settings.concurrency} at a time; a purchase counts when it is settled and its events are delivered.`,
    '',
    ...aligned(rows),
    '',
    `One purchase takes as long as ${number(ratio)} bare workflows (a signal and five activities that do nothing).`,
    '',
    ...callLines(pluginCalls),
  ].join('\n');
}

const environmentLines = ({ cpus, cpuModel, memoryGb, node, platform, temporal, dynamicConfig, database }) => [
  `${cpus} CPUs (${cpuModel}), ${memoryGb} GB, ${platform}, Node ${node}`,
  `Temporal ${temporal}${dynamicConfig === null ? '' : ` with ${dynamicConfig.join(', ') || 'its defaults'}`}; ${database}`,
];

const callLines = (calls) =>
  aligned([
    ['A call of a plugin, microseconds', 'bare', 'guarded'],
    ...Object.entries(calls).map(([name, { bareUs, guardedUs }]) => [name, number(bareUs), number(guardedUs)]),
  ]);

const spread = ({ p50, p99 }) => `${number(p50, 0)} / ${number(p99, 0)}`;

/** With the range, when there is one. */
const middle = ({ median, least, most }) => (least === most ? `${median}` : `${median} (${least} to ${most})`);

function cpuRows({ purchase, bare }) {
  const names = Object.keys(purchase.cpuMs);
  if (names.length === 0) return [['CPU time', 'not told on this system', '']];
  const shown = (row, name) => (row.cpuMs[name] === undefined ? '-' : number(row.cpuMs[name]));
  const sum = (row) => number(OURS.concat('bare worker').reduce((all, name) => all + (row.cpuMs[name] ?? 0), 0));
  const rowOf = (name, note = '') => [`CPU ms, ${name}${note}`, shown(purchase, name), shown(bare, name)];
  const ours = [...OURS, 'bare worker'].filter((name) => names.includes(name));
  const others = names.filter((name) => !ours.includes(name));
  return [
    ...ours.map((name) => rowOf(name)),
    ['CPU ms, these together', sum(purchase), sum(bare)],
    ...others.map((name) => rowOf(name, ' (apart)')),
  ];
}

function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('   '),
  );
}
