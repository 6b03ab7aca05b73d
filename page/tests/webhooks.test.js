import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  deliveryLabel,
  deliveryWords,
  WEBHOOK_KINDS,
  webhookKindWords,
  webhookLabel,
  webhookWords,
} from '../../static/scripts/words/webhooks.js';
import { apiDescription } from '../description.js';

const { ChosenWebhookKind, DeliveryState, OffReason } = apiDescription().components.schemas;
const ON = { state: 'ON', off_reason: null, failing_since: null, former_secret_until: null };
const DUE = { state: 'DUE', tries: 0, last_status: null, last_error: null, next_try_at: null };

test('every kind that can be chosen has a name, and so has the test', () => {
  assert.deepEqual([...WEBHOOK_KINDS].sort(), [...ChosenWebhookKind.enum].sort());
  assert.equal(webhookKindWords('ping'), 'Test');
  assert.equal(webhookKindWords('registration.moved'), 'registration.moved');
});

test('a webhook says whether it is sent, and why not', () => {
  assert.deepEqual(webhookLabel(ON), ['On', 'good']);
  assert.equal(webhookWords(ON), null);
  const failing = { ...ON, failing_since: '2026-11-21T12:00:00Z' };
  assert.deepEqual(webhookLabel(failing), ['Failing', 'bad']);
  assert.match(webhookWords(failing), /^The endpoint has taken nothing since Sat, 21 Nov 2026/);
  assert.match(webhookWords({ ...ON, former_secret_until: '2026-11-21T12:00:00Z' }), /^The old secret signs along/);
  const reasons = OffReason.oneOf ?? [OffReason];
  for (const name of reasons.flatMap((one) => one.enum)) {
    const off = { ...ON, state: 'OFF', off_reason: name };
    assert.deepEqual(webhookLabel(off), ['Off', 'quiet']);
    assert.match(webhookWords(off), /witched/);
  }
});

test('a delivery says what became of it', () => {
  for (const state of DeliveryState.enum) assert.equal(deliveryLabel({ state }).length, 2);
  assert.equal(deliveryWords(DUE), null);
  assert.equal(deliveryWords({ ...DUE, state: 'DELIVERED', tries: 1, last_status: 204 }), '1 try, answer 204');
  const again = { ...DUE, tries: 2, last_status: 500, last_error: 'the endpoint answered 500' };
  assert.equal(deliveryWords({ ...again, state: 'FAILED' }), '2 tries: the endpoint answered 500');
  const next = deliveryWords({ ...again, next_try_at: '2026-11-21T12:00:00Z' });
  assert.match(next, /^2 tries: the endpoint answered 500; next try Sat, 21 Nov 2026/);
});
