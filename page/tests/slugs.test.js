import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idOfSlug } from '../../static/scripts/server/slugs.js';

const ID = '01970000-89ab-7cde-8f01-23456789abcd';
const CODE = '01jw0012dbfkf8y0938nkrkayd';

test('a slug names its event by its end, whatever the words before it', () => {
  for (const slug of [CODE, `golang-summit-${CODE}`, `an-old-title-${CODE}`, `-${CODE}`, CODE.toUpperCase()])
    assert.equal(idOfSlug(slug), ID, slug);
});

test('an id is a slug', () => {
  assert.equal(idOfSlug(ID), ID);
  assert.equal(idOfSlug(ID.toUpperCase()), ID);
});

test('other texts name no event', () => {
  for (const slug of [
    '',
    'golang-summit',
    CODE.slice(1),
    `${CODE}0`,
    `summit${CODE}`,
    `8${CODE.slice(1)}`,
    `${CODE.slice(0, -1)}u`,
  ])
    assert.equal(idOfSlug(slug), null, slug);
});
