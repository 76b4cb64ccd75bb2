import type { Json, StandardResult, StandardSchema } from '@payonce/plugin-sdk';
import type { ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { z } from 'zod';

type Schema = Readonly<Record<string, unknown>>;

const compile = (schema: Schema) => {
  const ajv = new Ajv2020({ useDefaults: true, allErrors: false });
  formats.default(ajv);
  return ajv.compile(schema);
};

/** Why a JSON Schema cannot describe settings, in words; undefined when it can. */
export function schemaProblem(schema: Schema): string | undefined {
  if (schema['type'] !== 'object') return "is not a JSON Schema of type 'object'";
  if ('$async' in schema) return 'is asynchronous';
  try {
    compile(schema);
    return undefined;
  } catch (thrown) {
    return `is no JSON Schema: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  }
}

/** A JSON Schema as a parser. Fills in defaults; leaves what it was given as it was. */
export function settingsSchema(schema: Schema): StandardSchema<Json> {
  const validate = compile(schema);
  return {
    '~standard': {
      version: 1,
      vendor: 'payonce',
      validate(value): StandardResult<Json> {
        const plain = z.json().safeParse(value);
        if (!plain.success) return { issues: [{ message: 'is not JSON' }] };
        const parsed = structuredClone(plain.data);
        return validate(parsed) ? { value: parsed } : { issues: (validate.errors ?? []).map(issueOf) };
      },
    },
  };
}

const issueOf = ({ instancePath, message = 'does not fit', params }: ErrorObject) => ({
  path: instancePath.split('/').slice(1),
  message: 'additionalProperty' in params ? `${message}: ${String(params['additionalProperty'])}` : message,
});
