const INTRODUCTION = `# Every setting of every process. Written by scripts/env-example.mjs from the schemas in packages/*/src/config.ts:
# change those, build, and run it again.
#
# A line without # must be set. A line with # shows the default, or nothing where leaving it out means something.
`;

/** What a schema says about one variable, behind the wrappers that defaults and transformations are. */
function factsOf(field) {
  const facts = { description: field.description, required: true, default: undefined };
  for (let schema = field; schema; schema = schema.def.innerType ?? schema.def.in) {
    facts.description ??= schema.description;
    if (schema.def.type === 'default') facts.default = schema.def.defaultValue;
    if (schema.def.type === 'default' || schema.def.type === 'optional') facts.required = false;
  }
  return facts;
}

/** A default that everybody can read here is none to use. */
const isSecret = (value) => typeof value === 'string' && /^0{64}$/.test(value);

function lineOf({ name, needs, processes, default: value }) {
  if (needs.length === processes.length || isSecret(value)) return `${name}=`;
  return `# ${name}=${value ?? ''}`;
}

function commentsOf({ description, default: value, processes, needs, shared }) {
  return [
    `# ${description}${shared ? ` (${processes.join(', ')})` : ''}`,
    ...(isSecret(value) ? ['# development has a default; make one of your own: openssl rand -hex 32'] : []),
    ...(needs.length > 0 && needs.length < processes.length ? [`# must be set for ${needs.join(', ')}`] : []),
  ];
}

/** All variables by name, with the processes that read and that need them; the first that describes one has the word. */
function variablesOf(schemas) {
  const variables = new Map();
  for (const [process, schema] of Object.entries(schemas)) {
    for (const [name, field] of Object.entries(schema.shape)) {
      const facts = factsOf(field);
      const known = variables.get(name) ?? { name, processes: [], needs: [], ...facts };
      const needs = facts.required ? [...known.needs, process] : known.needs;
      variables.set(name, { ...known, needs, processes: [...known.processes, process] });
    }
  }
  return [...variables.values()];
}

function sectionOf({ title, variables, shared }) {
  const entries = variables.map((variable) =>
    [...commentsOf({ ...variable, shared }), lineOf(variable), ''].join('\n'),
  );
  return `# ---- ${title}\n\n${entries.join('\n')}`;
}

/** The text of .env.example: what several processes read first, then what one reads, by process. `schemas` by process name. */
export function envText(schemas) {
  const variables = variablesOf(schemas);
  const shared = variables.filter(({ processes }) => processes.length > 1);
  const own = Object.keys(schemas).map((process) => ({
    title: process,
    variables: variables.filter(({ processes }) => processes.length === 1 && processes[0] === process),
  }));
  const sections = [{ title: 'read by several', variables: shared, shared: true }, ...own].filter(
    (section) => section.variables.length > 0,
  );
  return [INTRODUCTION, ...sections.map(sectionOf)].join('\n');
}
