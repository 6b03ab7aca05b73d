import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { folded, isFound, isPassedOver } from '../../static/scripts/words/search.js';
import { rangesOf } from './characters.js';

// The server's tests hold its rule to the same file.
const known = JSON.parse(readFileSync(new URL('./search.json', import.meta.url), 'utf8'));

test('searches pass over the same characters as the server', () => {
  assert.deepEqual(rangesOf(isPassedOver), known.passed_over);
});

test('texts are compared without case, accents and composition, as on the server', () => {
  for (const [text, expected] of known.folded) assert.equal(folded(text), expected, text);
  for (const [text] of known.folded) assert.equal(folded(folded(text)), folded(text), text);
});

test('the same texts are found as by the server', () => {
  for (const [sought, text] of known.found) assert.ok(isFound(sought, text), `${sought} in ${text}`);
  for (const [sought, text] of known.not_found) assert.ok(!isFound(sought, text), `${sought} in ${text}`);
});
