import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { z } from 'zod';
import type { JsonSchema } from '../action.js';
import type { Json } from '../json.js';
import type { StandardResult, StandardSchema } from '../standard-schema.js';

/**
 * A JSON Schema, draft 2020-12 and of type object, as the parser that `settings` and `options` want. It fills in defaults and leaves what it was given as it was. Called by
 * plugins; throws a TypeError that says in words why a schema is none: unknown keywords and types are refused, so that nothing a schema asks for goes unchecked.
 *
 * ```ts
 * const settings = fromJsonSchema({ type: 'object', properties: { course: { type: 'string' } }, required: ['course'] });
 * ```
 */
export function fromJsonSchema(schema: JsonSchema): StandardSchema<Json> {
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

function compile(schema: JsonSchema): ValidateFunction {
  if (schema['type'] !== 'object') throw new TypeError("is not a JSON Schema of type 'object'");
  if ('$async' in schema) throw new TypeError('is asynchronous');
  const ajv = new Ajv2020({ useDefaults: true, allErrors: false });
  formats.default(ajv);
  try {
    return ajv.compile(schema);
  } catch (thrown) {
    throw new TypeError(`is no JSON Schema: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

const issueOf = ({ instancePath, message = 'does not fit', params }: ErrorObject) => ({
  path: instancePath.split('/').slice(1),
  message: 'additionalProperty' in params ? `${message}: ${String(params['additionalProperty'])}` : message,
});
