import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alarm } from '../../static/scripts/browser/alarm.js';

globalThis.document = Object.assign(new EventTarget(), { hidden: false });

/** @param {boolean} hidden */
function look(hidden) {
  document.hidden = hidden;
  document.dispatchEvent(new Event('visibilitychange'));
}

/** An alarm for some moments, with the moments at which it rang. */
function ringing(context, ...moments) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let now = 0;
  const stopping = new AbortController();
  const rung = [];
  const clock = alarm(
    () => {
      const next = moments.find((moment) => moment > now);
      return next === undefined ? null : next - now;
    },
    () => rung.push(now),
    stopping.signal,
  );
  const pass = (milliseconds) => {
    for (let step = 0; step < milliseconds; step += 10) {
      now += 10;
      context.mock.timers.tick(10);
    }
  };
  return { rung, pass, stop: () => stopping.abort(), clock, moments };
}

test('an alarm rings at each moment, and then no more', (context) => {
  const { rung, pass } = ringing(context, 500, 1200);
  pass(5000);
  assert.deepEqual(rung, [500, 1200]);
});

test('a moment that is added later is heard of', (context) => {
  const { rung, pass, clock, moments } = ringing(context);
  pass(100);
  moments.push(300);
  clock.set();
  pass(1000);
  assert.deepEqual(rung, [300]);
});

test('while the page is hidden nothing rings, and when it is shown again it rings at once', (context) => {
  const { rung, pass } = ringing(context, 500, 5000);
  look(true);
  pass(1000);
  assert.deepEqual(rung, []);
  look(false);
  assert.deepEqual(rung, [1000]);
  pass(5000);
  assert.deepEqual(rung, [1000, 5000]);
});

test('a moment far away is no reason to ring at once, and a stopped alarm is silent', (context) => {
  const { rung, pass, stop } = ringing(context, 40 * 86_400_000);
  pass(59_990);
  assert.deepEqual(rung, []);
  stop();
  pass(120_000);
  look(false);
  assert.deepEqual(rung, []);
});
