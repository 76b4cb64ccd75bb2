import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface Published {
  readonly components: {
    readonly schemas: Record<string, { readonly properties?: Readonly<Record<string, unknown>> }>;
  };
}

const fixture = new URL('../src/domain/wire/openapi-schemas.fixture.json', import.meta.url);
const published = JSON.parse(readFileSync(fixture, 'utf8')) as Published;

/** Their alternatives overlap (an integer is a number, any object is a license key config), so of these unions one match is asked for, not exactly one. */
const OVERLAPPING = /"(Metadata|IntegrationConfigResponse)":\{.*?"oneOf"/g;

const ajv = new Ajv2020({ strict: false, allErrors: true, discriminator: false });
formats.default(ajv);
ajv.addSchema(
  JSON.parse(
    JSON.stringify(published).replace(OVERLAPPING, (start) => `${start.slice(0, -'"oneOf"'.length)}"anyOf"`),
  ) as object,
  'published',
);

/** What of a body breaks a schema of the published description, after it went over the wire; nothing when it keeps it. */
export function breaches(schema: string, body: unknown): readonly string[] {
  const validate = ajv.getSchema(`published#/components/schemas/${schema}`);
  if (!validate) throw new Error(`the description has no schema ${schema}`);
  const kept = validate(JSON.parse(JSON.stringify(body))) === true;
  return (kept ? [] : (validate.errors ?? [])).map(
    ({ instancePath, message }) => `${instancePath || '/'} ${message ?? ''}`,
  );
}

/** The fields that the published description gives to a body, in alphabetical order. */
export const fieldsOf = (schema: string): readonly string[] =>
  Object.keys(published.components.schemas[schema]?.properties ?? {}).toSorted();
