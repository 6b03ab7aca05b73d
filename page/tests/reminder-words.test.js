import assert from 'node:assert/strict';
import { test } from 'node:test';

import { reminderChoices, reminderHours, reminderValue } from '../../static/scripts/views/studio/reminder-words.js';

test('reminders are offered in hours and in days', () => {
  const choices = reminderChoices(null);
  assert.deepEqual(choices[0], ['NEVER', 'Not at all']);
  assert.deepEqual(choices[1], ['1', '1 hour before the start']);
  assert.deepEqual(choices.at(-1), ['336', '14 days before the start']);
  assert.deepEqual(reminderChoices(24), choices);
});

test('a choice is read back', () => {
  for (const hours of [null, 1, 24, 336]) assert.equal(reminderHours(reminderValue(hours)), hours);
});

test('a time that another program chose is offered in its place', () => {
  const choices = reminderChoices(36);
  assert.equal(choices.length, reminderChoices(null).length + 1);
  const place = choices.findIndex(([value]) => value === '36');
  assert.deepEqual(choices.slice(place - 1, place + 2), [
    ['24', '1 day before the start'],
    ['36', '36 hours before the start'],
    ['48', '2 days before the start'],
  ]);
});
