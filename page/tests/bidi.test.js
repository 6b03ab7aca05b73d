import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isolated } from '../../static/scripts/words/bidi.js';

test('only text that runs from right to left is isolated', () => {
  for (const text of ['Café', 'Ω', '音楽', '2 × 3', '']) assert.equal(isolated(text), text);
  for (const text of ['קונצרט', 'حفلة', 'Jazz בלילה']) assert.equal(isolated(text), `\u2068${text}\u2069`);
});
