import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiDescription } from '../description.js';

globalThis.window = /** @type {any} */ (new EventTarget());
globalThis.document = /** @type {any} */ (new EventTarget());
const { calendarAddress } = await import('../../static/scripts/server/api.js');

test('an event’s calendar file has the address that the API describes', () => {
  const id = '01970000-89ab-7cde-8f01-23456789abcd';
  assert.equal(calendarAddress({ id }), `/events/${id}.ics`);
  assert.equal(calendarAddress({ id: 'a/../b?c#d' }), '/events/a%2F..%2Fb%3Fc%23d.ics');
  assert.ok('/events/{id}.ics' in apiDescription().paths);
});
