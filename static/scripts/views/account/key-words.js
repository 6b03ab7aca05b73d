// API keys in people's words.

import { countOf } from '../../words/numbers.js';
import { dateAndTime } from '../../words/times.js';

const TEXTS = Object.freeze({
  allEvents: 'All events',
  noEnd: 'No expiry',
  /** @param {string} time */
  expires: (time) => `Expires ${time}`,
  /** @param {string} time */
  expired: (time) => `Expired ${time}`,
  ended: 'Ended, because your account has changed',
});

/**
 * The permissions that a key may have, each with its words.
 * @type {Readonly<Record<Api.ApiKeyPermission, { label: string, text: string }>>}
 */
export const PERMISSIONS = Object.freeze({
  BOOK: { label: 'Book seats', text: 'Book and cancel for you, and see your bookings and messages.' },
  CHECK_IN: { label: 'Check people in', text: 'At the doors of your events, and where you are door staff.' },
  MANAGE_OWN_EVENTS: { label: 'Run your events', text: 'Create, change and cancel your events, and see attendees.' },
  RUN_ANY_EVENT: { label: 'Run all events', text: 'The same, for the events of every organizer.' },
  SIMULATE: { label: 'Run stress tests', text: 'Run stress tests of events, and undo them.' },
  READ_AUDIT: { label: 'Read the log', text: 'See who did what, and when.' },
});

/**
 * The permissions that an account of this role can give.
 * @param {Api.Role} role
 * @returns {Api.ApiKeyPermission[]}
 */
export function grantable(role) {
  if (role === 'ADMIN') return ['BOOK', 'CHECK_IN', 'MANAGE_OWN_EVENTS', 'RUN_ANY_EVENT', 'SIMULATE', 'READ_AUDIT'];
  return role === 'ORGANIZER' ? ['BOOK', 'CHECK_IN', 'MANAGE_OWN_EVENTS'] : ['BOOK', 'CHECK_IN'];
}

/** @param {Api.ApiKeyPermission[]} permissions */
export function permissionWords(permissions) {
  // A newer server may know more of them.
  return permissions.map((one) => PERMISSIONS[one]?.label ?? one).join(', ');
}

/** @param {string[] | null} events */
export function eventsWords(events) {
  return events === null ? TEXTS.allEvents : countOf(events.length, 'event');
}

/**
 * Until when a key works, or since when it does not.
 * @param {Pick<Api.ApiKey, 'state' | 'expires_at'>} key
 */
export function stateWords({ state, expires_at }) {
  if (state === 'ENDED') return TEXTS.ended;
  if (expires_at === null) return TEXTS.noEnd;
  const time = dateAndTime(expires_at);
  return state === 'EXPIRED' ? TEXTS.expired(time) : TEXTS.expires(time);
}
