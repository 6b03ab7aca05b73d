import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fakeDocument } from './fake-document.js';

fakeDocument();
// A browser that shares no stream.
Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
const { afterPress, pressOver } = await import('../../static/scripts/browser/pressing.js');
const { watchEvents } = await import('../../static/scripts/server/live.js');

const down = () => window.dispatchEvent(new Event('pointerdown'));
const up = () => window.dispatchEvent(new Event('pointerup'));

/** The names of tasks, as they run. */
function running() {
  const ran = [];
  return { ran, add: (name) => afterPress(() => ran.push(name)) };
}

test('without a press, tasks run at once', () => {
  const { ran, add } = running();
  add('first');
  assert.deepEqual(ran, ['first']);
});

test('during a press tasks wait, and run in their order after the click', () => {
  const { ran, add } = running();
  down();
  add('first');
  add('second');
  up();
  assert.deepEqual(ran, [], 'the click comes after the pointer has come up');
  mock.timers.tick(50);
  assert.deepEqual(ran, ['first', 'second']);
  add('third');
  assert.deepEqual(ran, ['first', 'second', 'third']);
});

test('a pointer that stays down, and one that scrolls, hold nothing back', () => {
  const { ran, add } = running();
  down();
  add('held');
  mock.timers.tick(999);
  assert.deepEqual(ran, []);
  mock.timers.tick(1);
  assert.deepEqual(ran, ['held']);
  down();
  add('scrolled');
  window.dispatchEvent(new Event('pointercancel'));
  assert.deepEqual(ran, ['held', 'scrolled']);
});

test('an answer waits for the end of a press', async () => {
  await pressOver();
  let isOver = false;
  down();
  const over = pressOver().then(() => {
    isOver = true;
  });
  await Promise.resolve();
  assert.equal(isOver, false);
  up();
  mock.timers.tick(50);
  await over;
});

test('live news move nothing under a press', async (context) => {
  mock.timers.reset();
  const told = [];
  const leaving = new AbortController();
  context.after(() => leaving.abort());
  const live = watchEvents({ ids: () => [], onEvent: ({ title }) => told.push(title) }, leaving.signal);
  const news = (title) => live.take({ id: 'e', edit_version: 1, title });
  news('before');
  assert.deepEqual(told, ['before']);
  down();
  news('during');
  assert.deepEqual(told, ['before']);
  up();
  await setTimeout(60);
  assert.deepEqual(told, ['before', 'during']);
  down();
  news('too late');
  leaving.abort();
  up();
  await setTimeout(60);
  assert.deepEqual(told, ['before', 'during']);
});
