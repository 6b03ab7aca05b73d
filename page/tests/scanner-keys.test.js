import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHARACTERS_MAX, readCode } from '../../static/scripts/door/rules/codes.js';
import { afterKey, isScan, KEYS_MIN, NO_BURST, PAUSE_MILLISECONDS_MAX } from '../../static/scripts/door/rules/keys.js';

/**
 * The burst after these keys, and the time of the last one.
 * @param {string[]} keys
 * @param {number} pause
 */
function typed(keys, pause, burst = NO_BURST, from = 1000) {
  let time = from;
  let after = burst;
  for (const key of keys) {
    time += pause;
    after = afterKey(after, key, time);
  }
  return { burst: after, time };
}

test('quick keys that end with Enter are a scan', () => {
  for (const pause of [0, 5, PAUSE_MILLISECONDS_MAX]) {
    const { burst, time } = typed([...'7K2MQX0A94TDHB5C.V3K'], pause);
    assert.equal(burst.text, '7K2MQX0A94TDHB5C.V3K');
    assert.equal(isScan(burst, time + pause), true);
  }
});

test('a person who types is no scanner, however fast the last keys came', () => {
  const { burst, time } = typed([...'7K2MQX0A94TDHB5C'], PAUSE_MILLISECONDS_MAX + 1);
  assert.equal(isScan(burst, time), false);
  assert.equal(burst.text, 'C', 'each key began anew');
  const rolled = typed([...'smith'], 10, burst, time + 500);
  assert.equal(isScan(rolled.burst, rolled.time), false, `less than ${KEYS_MIN} keys`);
});

test('a pause before Enter makes it a person’s', () => {
  const { burst, time } = typed([...'7K2MQX0A'], 5);
  assert.equal(isScan(burst, time + PAUSE_MILLISECONDS_MAX), true);
  assert.equal(isScan(burst, time + PAUSE_MILLISECONDS_MAX + 1), false);
});

test('what a person typed before a scan is not part of it', () => {
  const person = typed([...'ali'], 150);
  const { burst, time } = typed([...'7K2MQX0A94TDHB5C'], 5, person.burst, person.time + 300);
  assert.equal(burst.text, '7K2MQX0A94TDHB5C');
  assert.equal(isScan(burst, time), true);
});

test('keys without a character do not count', () => {
  const keys = ['Shift', '7', 'Shift', 'K', 'CapsLock', '2', 'M', 'ArrowLeft', 'Q', 'X'];
  const { burst } = typed(keys, 3);
  assert.deepEqual([burst.text, burst.count], ['7K2MQX', 6]);
  assert.equal(afterKey(NO_BURST, 'Shift', 5), NO_BURST);
});

test('a megabyte of keys is remembered as too long, and no longer', () => {
  const { burst, time } = typed(Array(10_000).fill('A'), 1);
  assert.equal(burst.count, 10_000);
  assert.equal(burst.text.length, CHARACTERS_MAX + 1);
  assert.equal(isScan(burst, time), true);
  assert.equal(readCode(burst.text).kind, 'NONE');
});
