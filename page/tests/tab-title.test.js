import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.document = Object.assign(new EventTarget(), { hidden: false, title: 'Jazz · Onsale' });
const { tellInTitle } = await import('../../static/scripts/browser/tab-title.js');

/** @param {boolean} hidden */
function look(hidden) {
  document.hidden = hidden;
  document.dispatchEvent(new Event('visibilitychange'));
}

test('a title tells of a change until its reader looks at the tab', () => {
  tellInTitle('Seen already');
  assert.equal(document.title, 'Jazz · Onsale');
  look(true);
  tellInTitle('You’ve got a seat');
  assert.equal(document.title, '(You’ve got a seat) Jazz · Onsale');
  tellInTitle('Hold ended');
  assert.equal(document.title, '(Hold ended) Jazz · Onsale');
  look(false);
  assert.equal(document.title, 'Jazz · Onsale');
});

test('a page that is shown meanwhile keeps its own title', () => {
  look(true);
  tellInTitle('You’ve got a seat');
  document.title = 'Events · Onsale';
  look(false);
  assert.equal(document.title, 'Events · Onsale');
  look(true);
  tellInTitle('Hold ended');
  assert.equal(document.title, '(Hold ended) Events · Onsale');
  look(false);
});
