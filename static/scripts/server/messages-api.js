// The routes of messages: one's own, all, and those of an event. As in api.js, every value in an address is encoded, and
// each function throws the errors of `request` in http.js.

import { request } from './http.js';

/** @import { Cursor, Page } from './api.js' */

/** @typedef {'SHOWN' | 'DUE' | 'SENT' | 'FAILED' | 'OBSOLETE'} MessageState */
/**
 * A message to one person. `person` is missing in one's own messages.
 * @typedef {object} Message
 * @property {string} id
 * @property {string} kind such as `PROMOTED`
 * @property {{ id: string, title: string }} event
 * @property {string} subject
 * @property {string} heading
 * @property {string[]} paragraphs
 * @property {{ label: string, value: string }[]} details
 * @property {string} created_at
 * @property {MessageState} state of its mail
 * @property {string | null} ended_at when it was sent, shown or found untrue, or failed for good
 * @property {number} tries
 * @property {string | null} last_error
 * @property {{ id: string, name: string, email: string }} [person]
 */
/**
 * How the sending of mail goes, over all events.
 * @typedef {object} Sending
 * @property {number} due
 * @property {number} failed
 * @property {string | null} oldest_due_at
 * @property {number | null} journal_lag_seconds
 * @property {'OFF' | 'READY' | 'FAILING'} mail
 * @property {string | null} mail_error
 */
/** @typedef {{ items: Message[], next_cursor: string | null }} MessageAnswer */
/** @typedef {'CONFIRMED' | 'WAITING' | 'BOTH'} Audience */
/** How many people each audience has. @typedef {{ confirmed: number, waiting: number, both: number }} AudienceCounts */
/**
 * What an organizer has written to attendees. `told` says for how many people there is a message by now.
 * @typedef {object} Announcement
 * @property {number} number
 * @property {Audience} audience
 * @property {string} subject
 * @property {string} text
 * @property {number} told
 * @property {boolean} is_complete
 * @property {string} created_at
 */
/** An announcement to make, with the number of people that its author was shown. @typedef {Pick<Announcement, 'audience' | 'subject' | 'text'> & { people: number }} NewAnnouncement */

const encoded = encodeURIComponent;

/**
 * A page of the signed-in user's messages, newest first.
 * @param {{ cursor?: Cursor, limit?: number }} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Page<Message>>}
 */
export async function ownMessages({ cursor = null, limit = 50 }, signal) {
  return (await request('GET', `/me/messages${queryOf({ limit, cursor })}`, { signal })).data;
}

/**
 * A page of all messages, newest first, and how the sending goes. An empty state excludes nothing.
 * @param {{ state?: string, cursor?: Cursor, limit?: number }} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Page<Message> & { summary: Sending }>}
 */
export async function allMessages({ state = '', cursor = null, limit = 50 }, signal) {
  const path = `/admin/outbox/messages${queryOf({ state, limit, cursor })}`;
  const [page, outbox] = await Promise.all([
    request('GET', path, { signal }),
    request('GET', '/admin/outbox', { signal }),
  ]);
  return { ...page.data, summary: outbox.data };
}

/**
 * A page of an event's messages, newest first. An empty state excludes nothing.
 * @param {string} eventId
 * @param {{ state?: string, cursor?: Cursor, limit?: number }} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Page<Message>>}
 */
export async function eventMessages(eventId, { state = '', cursor = null, limit = 50 }, signal) {
  const path = `/organizer/events/${encoded(eventId)}/messages${queryOf({ state, limit, cursor })}`;
  return (await request('GET', path, { signal })).data;
}

/**
 * Has an event's message sent again.
 * @param {string} eventId
 * @param {string} messageId
 */
export async function resendOfEvent(eventId, messageId) {
  await request('POST', `/organizer/events/${encoded(eventId)}/messages/${encoded(messageId)}/resend`);
}

/**
 * Has any message sent again.
 * @param {string} messageId
 */
export async function resend(messageId) {
  await request('POST', `/admin/outbox/messages/${encoded(messageId)}/resend`);
}

/**
 * What was written to an event's attendees, newest first.
 * @param {string} eventId
 * @param {AbortSignal} signal
 * @returns {Promise<Announcement[]>}
 */
export async function announcements(eventId, signal) {
  /** @type {{ data: { items: Announcement[] } }} */
  const { data } = await request('GET', `/organizer/events/${encoded(eventId)}/announcements`, { signal });
  return data.items;
}

/**
 * How many people an announcement would go to now.
 * @param {string} eventId
 * @param {AbortSignal} signal
 * @returns {Promise<AudienceCounts>}
 */
export async function audienceCounts(eventId, signal) {
  return (await request('GET', `/organizer/events/${encoded(eventId)}/audience`, { signal })).data;
}

/**
 * Writes to an event's attendees. The same key never writes twice.
 * @param {string} eventId
 * @param {NewAnnouncement} announcement
 * @param {string} key
 * @returns {Promise<{ replayed: boolean }>} `replayed` says that an earlier request had written, whatever the text is now
 */
export async function announce(eventId, announcement, key) {
  const path = `/organizer/events/${encoded(eventId)}/announcements`;
  const { headers } = await request('POST', path, { body: announcement, headers: { 'Idempotency-Key': key } });
  return { replayed: headers.get('idempotency-replayed') === 'true' };
}

/**
 * How many hours before its start an event's people are reminded of it; null if they are not.
 * @param {string} eventId
 * @param {AbortSignal} signal
 * @returns {Promise<{ hours: number | null }>}
 */
export async function reminder(eventId, signal) {
  return (await request('GET', `/organizer/events/${encoded(eventId)}/reminder`, { signal })).data;
}

/**
 * Chooses that.
 * @param {string} eventId
 * @param {number | null} hours
 */
export async function remind(eventId, hours) {
  await request('PUT', `/organizer/events/${encoded(eventId)}/reminder`, { body: { hours } });
}

/** @param {Record<string, string | number | null>} values an empty one is left out */
function queryOf(values) {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [`${name}=${encoded(value)}`],
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
