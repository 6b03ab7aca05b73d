// The routes of messages: one's own, all, and those of an event. As in api.js, every value in an address is encoded, and
// each function throws the errors of `request` in http.js.

import { request } from './http.js';

/** @import { Cursor, Page } from './api.js' */

const encoded = encodeURIComponent;

/**
 * A page of the signed-in user's messages, newest first.
 * @param {{ cursor?: Cursor, limit?: number }} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Page<Api.Message>>}
 */
export async function ownMessages({ cursor = null, limit = 50 }, signal) {
  return (await request('GET', `/me/messages${queryOf({ limit, cursor })}`, { signal })).data;
}

/**
 * A page of all messages, newest first, and how the sending goes. An empty state excludes nothing.
 * @param {{ state?: string, cursor?: Cursor, limit?: number }} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Page<Api.Message> & { summary: Api.Outbox }>}
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
 * @returns {Promise<Page<Api.Message>>}
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
 * @returns {Promise<Api.Announcement[]>}
 */
export async function announcements(eventId, signal) {
  /** @type {{ data: Api.Announcements }} */
  const { data } = await request('GET', `/organizer/events/${encoded(eventId)}/announcements`, { signal });
  return data.items;
}

/**
 * How many people an announcement would go to now.
 * @param {string} eventId
 * @param {AbortSignal} signal
 * @returns {Promise<Api.AudienceCounts>}
 */
export async function audienceCounts(eventId, signal) {
  return (await request('GET', `/organizer/events/${encoded(eventId)}/audience`, { signal })).data;
}

/**
 * Writes to an event's attendees. The same key never writes twice.
 * @param {string} eventId
 * @param {Api.NewAnnouncement} announcement
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
