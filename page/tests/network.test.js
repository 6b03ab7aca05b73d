import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause, pauseOffline } from '../../static/scripts/browser/network.js';

globalThis.window = /** @type {any} */ (new EventTarget());

/** Begins a pause of a minute and tells whether it has ended. */
function begun(context, wait) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const leaving = new AbortController();
  let ended = false;
  wait(60_000, leaving.signal).then(() => {
    ended = true;
  });
  const hasEnded = async () => {
    await Promise.resolve();
    return ended;
  };
  return { leaving, hasEnded };
}

test('a pause for the network ends when the network is back', async (context) => {
  const { hasEnded } = begun(context, pauseOffline);
  assert.equal(await hasEnded(), false);
  window.dispatchEvent(new Event('online'));
  assert.equal(await hasEnded(), true);
});

test('another pause does not', async (context) => {
  const { hasEnded } = begun(context, pause);
  window.dispatchEvent(new Event('online'));
  assert.equal(await hasEnded(), false);
});

test('every pause ends in time, and when it is given up', async (context) => {
  for (const wait of [pause, pauseOffline]) {
    const timed = begun(context, wait);
    context.mock.timers.tick(59_999);
    assert.equal(await timed.hasEnded(), false);
    context.mock.timers.tick(1);
    assert.equal(await timed.hasEnded(), true);
    context.mock.timers.reset();
    const given = begun(context, wait);
    given.leaving.abort();
    assert.equal(await given.hasEnded(), true);
    context.mock.timers.reset();
  }
});
