// The API's description, as the server's tests have agreed on it.

import { readFileSync } from 'node:fs';

const SNAPSHOT = '../crates/server/tests/it/snapshots/it__openapi__the_description_is_the_one_that_was_agreed.snap';

/** @returns {any} the OpenAPI document */
export function apiDescription() {
  const text = readFileSync(new URL(SNAPSHOT, import.meta.url), 'utf8');
  // A snapshot begins with a head of its own between two lines of dashes.
  return JSON.parse(text.slice(text.indexOf('\n---\n', 3) + 5));
}

/**
 * The names of a schema's members, with those of the schemas that it is made of.
 * @param {any} schema
 * @returns {string[]}
 */
export function membersOf({ $ref, allOf = [], properties = {} }) {
  const named = $ref === undefined ? [] : [apiDescription().components.schemas[$ref.split('/').at(-1)]];
  return [...Object.keys(properties), ...[...named, ...allOf].flatMap(membersOf)];
}
