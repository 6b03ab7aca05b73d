import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ifChanged } from '../../static/scripts/ui/if-changed.js';

test('a thing is shown again only when its facts have changed', () => {
  const shown = [];
  const show = ifChanged(
    ({ a, b }) => [a, b],
    (thing) => shown.push(thing.c),
  );
  for (const thing of [
    { a: 1, b: null, c: 'first' },
    { a: 1, b: null, c: 'same facts' },
    { a: 1, b: undefined, c: 'another' },
    { a: 1, b: undefined, c: 'same facts' },
  ])
    show(thing);
  assert.deepEqual(shown, ['first', 'another']);
});
