// Writes generated/api.d.ts: one type in the namespace `Api` for each schema of the API's description. The page's scripts
// are checked against these types, so a member that the API does not have is an error.

import { mkdirSync, writeFileSync } from 'node:fs';
import { apiDescription } from './description.js';

// These narrow values down, or describe them, in ways that types cannot say.
const WITHOUT_TYPE = new Set([
  'default',
  'description',
  'examples',
  'format',
  'maximum',
  'maxItems',
  'maxLength',
  'minimum',
  'minItems',
  'minLength',
  'pattern',
  'propertyNames',
]);
const NAMES = new Map([
  ['boolean', 'boolean'],
  ['integer', 'number'],
  ['null', 'null'],
  ['number', 'number'],
  ['string', 'string'],
]);

/** The TypeScript type of a schema. Throws where it does not know a keyword, so that no type is wrong unseen. */
function typeOf(schema) {
  const {
    $ref,
    allOf,
    oneOf,
    enum: values,
    type,
    items,
    properties,
    required = [],
    additionalProperties,
    ...rest
  } = schema;
  const unknown = Object.keys(rest).filter((keyword) => !WITHOUT_TYPE.has(keyword));
  if (unknown.length > 0) throw new Error(`The schema has unknown keywords: ${unknown}`);
  if ($ref !== undefined) return $ref.split('/').pop();
  if (allOf !== undefined) return allOf.map((one) => `(${typeOf(one)})`).join(' & ');
  if (oneOf !== undefined) return oneOf.map((one) => `(${typeOf(one)})`).join(' | ');
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (Array.isArray(type)) return type.map((one) => `(${typeOf({ ...schema, type: one })})`).join(' | ');
  if (type === 'array') return `(${typeOf(items)})[]`;
  if (type === 'object') return objectType(properties, required, additionalProperties);
  if (type === undefined) return 'unknown';
  const name = NAMES.get(type);
  if (name === undefined) throw new Error(`The schema has an unknown type: ${type}`);
  return name;
}

function objectType(properties, required, additionalProperties) {
  if (properties === undefined) {
    const open = additionalProperties !== undefined && additionalProperties !== false;
    return open ? `Record<string, ${typeOf(additionalProperties)}>` : 'Record<string, never>';
  }
  const members = Object.entries(properties).map(
    ([name, schema]) =>
      `/** ${schema.description ?? ''} */ ${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)};`,
  );
  return `{ ${members.join('\n    ')} }`;
}

const { schemas } = apiDescription().components;
const types = Object.entries(schemas).map(
  ([name, schema]) => `  /** ${schema.description ?? ''} */\n  type ${name} = ${typeOf(schema)};\n`,
);
mkdirSync(new URL('generated', import.meta.url), { recursive: true });
writeFileSync(
  new URL('generated/api.d.ts', import.meta.url),
  `// Made by api-types.js from the API's description.\n\ndeclare namespace Api {\n${types.join('\n')}}\n`,
);
