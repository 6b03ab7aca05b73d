// The texts of what an organizer writes to attendees.

import { isolated } from '../../words/bidi.js';
import { audienceWords, peopleOf } from '../../words/messages.js';
import { counted, countOf } from '../../words/numbers.js';

/** @import { Question } from '../../ui/dialogs.js' */

/** @type {[audience: Api.Audience, label: string][]} */
const AUDIENCES = [
  ['CONFIRMED', 'Everybody with a seat'],
  ['WAITING', 'Everybody on the waitlist'],
  ['BOTH', 'Both'],
];

/**
 * The audiences to choose from, with how many people each has.
 * @param {Api.AudienceCounts} counts
 * @returns {[audience: Api.Audience, label: string][]}
 */
export function audienceChoices(counts) {
  return AUDIENCES.map(([audience, label]) => [audience, `${label} (${counted(peopleOf(audience, counts))})`]);
}

/**
 * The audience that a field says.
 * @param {string} value
 * @returns {Api.Audience}
 */
export function audienceOf(value) {
  return AUDIENCES.find(([audience]) => audience === value)?.[0] ?? 'CONFIRMED';
}

/**
 * Why an announcement cannot be sent to an audience.
 * @param {Api.Audience} audience
 */
export function nobodyWords(audience) {
  if (audience === 'BOTH') return 'Nobody has a seat or is on the waitlist.';
  return audience === 'CONFIRMED' ? 'Nobody has a seat yet.' : 'Nobody is on the waitlist.';
}

/**
 * The question before an announcement is sent.
 * @param {Pick<Api.NewAnnouncement, 'audience' | 'subject' | 'people'>} announcement
 * @returns {Question}
 */
export function sendQuestion({ audience, subject, people }) {
  const who = countOf(people, 'person', 'people');
  return {
    title: `Send this to ${who}?`,
    text: `“${isolated(subject)}” goes to ${audienceWords(audience)}: ${who}. You can’t take it back.`,
    yes: `Send to ${who}`,
  };
}

/**
 * How far an announcement has come. Whoever cancels meanwhile is not told.
 * @param {Pick<Api.Announcement, 'told' | 'is_complete'>} announcement
 */
export function toldWords({ told, is_complete: isComplete }) {
  return isComplete ? `Done: ${countOf(told, 'person was', 'people were')} told.` : `${counted(told)} told so far…`;
}
