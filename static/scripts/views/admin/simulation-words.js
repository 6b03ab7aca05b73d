// Where a stress test runs, and what visitors see of it. The server decides; these are its likely answers.

import { countOf } from '../../words/numbers.js';

/** @import { Question } from '../../ui/dialogs.js' */

/**
 * `closed` if there can be no test, `copy` for a hidden copy, `itself` for the event that visitors see.
 * @typedef {'closed' | 'copy' | 'itself'} Ground
 *
 * @typedef {Pick<Api.EventSummary, 'status' | 'under_test' | 'ends_at' | 'confirmed' | 'waiting'>} Tested
 */

/**
 * @param {Tested} event
 * @param {number} now in milliseconds
 * @returns {Ground}
 */
export function groundOf({ status, under_test: underTest, ends_at: end, confirmed, waiting }, now) {
  if (status === 'CANCELLED' || Date.parse(end) <= now) return 'closed';
  return status === 'PUBLISHED' && !underTest && confirmed + waiting === 0 ? 'itself' : 'copy';
}

/**
 * The ground of a test that begins now, in words.
 * @param {Tested} event
 * @param {number} now in milliseconds
 */
export function groundWords(event, now) {
  if (event.under_test)
    return 'This event is under test: bookings are paused until you undo it. Another run is a dry run on a hidden copy.';
  if (event.status === 'CANCELLED') return 'This event is cancelled, so it can’t be tested.';
  if (Date.parse(event.ends_at) <= now) return 'This event is over, so it can’t be tested.';
  if (event.status !== 'PUBLISHED')
    return 'This event isn’t published, so the test is a dry run on a hidden copy of it. Nobody sees it.';
  if (event.confirmed + event.waiting > 0)
    return 'This event has bookings, so the test is a dry run on a hidden copy. Visitors and bookings are not touched.';
  return 'This event is public and has no bookings yet. Choose what the crowd books.';
}

/**
 * The question before a test that visitors will see.
 * @param {Pick<Api.EventSummary, 'title'>} event
 * @param {number} buyers
 * @returns {Question}
 */
export function itselfQuestion({ title }, buyers) {
  return {
    title: 'Test the event that visitors see?',
    text: `${countOf(buyers, 'simulated buyer')} will book “${title}” itself. Visitors will see its seats go, the waitlist grow and the label “Under test”. Nobody else can book until you undo the test.`,
    yes: 'Test the event itself',
    danger: true,
  };
}
