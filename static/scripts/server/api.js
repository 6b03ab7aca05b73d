// The server's routes, one function each. Every value in an address is encoded. Each function throws the errors of
// `request` in http.js.

import { request, requestLarge } from './http.js';

/**
 * An event with the ETag that a later edit is checked against.
 * @typedef {{ event: Api.Event, etag: string | null }} TaggedEvent
 */
/**
 * A page of a list. `next_cursor` is null on the last page.
 * @template T
 * @typedef {{ items: T[], next_cursor: string | null }} Page
 */
/** @typedef {string | null | undefined} Cursor */
/** The signed-in user. A server of before has no contacts. @typedef {Api.User & { public_contact?: string | null }} OwnAccount */

const encoded = encodeURIComponent;

/**
 * Creates an account and signs in.
 * @param {Api.NewAccount} account
 * @returns {Promise<Api.Session | Api.User>} the account alone from a server of before
 */
export async function signUp(account) {
  return (await request('POST', '/auth/register', { body: account, anonymous: true })).data;
}

/**
 * Asks for a token.
 * @param {string} email
 * @param {string} password
 * @returns {Promise<Api.Session>}
 */
export async function logIn(email, password) {
  return (await request('POST', '/auth/login', { body: { email, password }, anonymous: true })).data;
}

/**
 * Ends the session on all servers, or all sessions of the account.
 * @param {{ everywhere?: boolean }} [which]
 */
export async function logOut({ everywhere = false } = {}) {
  await request('POST', `/auth/logout${queryOf({ everywhere: everywhere ? 'true' : '' })}`);
}

/**
 * The signed-in user's account.
 * @param {AbortSignal} [signal]
 * @returns {Promise<OwnAccount>}
 */
export async function account(signal) {
  return (await request('GET', '/auth/me', { signal })).data;
}

/**
 * Changes the signed-in user's account.
 * @param {Api.AccountChanges} changes
 * @returns {Promise<Api.User>}
 */
export async function changeAccount(changes) {
  return (await request('PATCH', '/auth/me', { body: changes })).data;
}

/**
 * Changes how the public reaches the signed-in user about their events.
 * @param {string | null} contact an e-mail address or a web address; null removes it
 * @returns {Promise<OwnAccount>}
 */
export async function changePublicContact(contact) {
  return (await request('PATCH', '/auth/me', { body: { public_contact: contact } })).data;
}

/**
 * Erases the signed-in user's account for good.
 * @param {string} password the present one
 */
export async function eraseAccount(password) {
  await request('POST', '/auth/erase', { body: { current_password: password } });
}

/**
 * Changes the signed-in user's password. All earlier tokens end; the answer is a login with a new one.
 * @param {string} current
 * @param {string} replacement
 * @returns {Promise<Api.Session>}
 */
export async function changePassword(current, replacement) {
  const body = { current_password: current, new_password: replacement };
  return (await request('POST', '/auth/password', { body })).data;
}

/**
 * The operators' words about themselves.
 * @typedef {object} Site
 * @property {string} name
 * @property {string | null} imprint_url
 * @property {string | null} privacy_url
 * @property {string | null} terms_url
 * @property {string | null} contact an e-mail address or a web address
 * @property {boolean} [sends_mail] missing on a server of before
 */

/**
 * Reads the operators' words about themselves.
 * @returns {Promise<Site>}
 */
export async function site() {
  return (await request('GET', '/site', { anonymous: true })).data;
}

/**
 * The criteria of a search for published events. An empty one excludes nothing.
 * @typedef {object} EventCriteria
 * @property {string} [q] words of the title or the location
 * @property {string} [from] events that end after this time, in UTC
 * @property {string} [to] events that start before this time
 * @property {string} [place] a part of the location
 * @property {string} [free] `true` for events with a free price, `false` for others
 */

/** A photo over a slow line, and the time that its picture takes. */
const UPLOAD_MILLISECONDS_MAX = 90_000;

/**
 * Gives an event a picture.
 * @param {string} id
 * @param {Blob} file
 * @returns {Promise<Api.Event['picture']>}
 */
export async function uploadPicture(id, file) {
  const path = `/organizer/events/${encoded(id)}/picture`;
  return (await request('PUT', path, { file, milliseconds: UPLOAD_MILLISECONDS_MAX })).data;
}

/**
 * Takes an event's picture away.
 * @param {string} id
 */
export async function removePicture(id) {
  await request('DELETE', `/organizer/events/${encoded(id)}/picture`);
}

/**
 * A page of published events.
 * @param {EventCriteria & { cursor?: Cursor, limit?: number }} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Api.EventSummaryPage>}
 */
export async function events({ q = '', from = '', to = '', place = '', free = '', cursor = null, limit = 20 }, signal) {
  return (await request('GET', `/events${queryOf({ q, from, to, place, free, cursor, limit })}`, { signal })).data;
}

/**
 * One event.
 * @param {string} id
 * @param {AbortSignal} signal
 */
export async function event(id, signal) {
  return withTag(await request('GET', `/events/${encoded(id)}`, { signal }));
}

/**
 * The address of an event's calendar file, for a link.
 * @param {{ id: string }} event
 */
export function calendarAddress({ id }) {
  return `/events/${encoded(id)}.ics`;
}

/**
 * The address that the user's calendar has. Null if it has none.
 * @param {AbortSignal} signal
 * @returns {Promise<Api.CalendarFeed | null>}
 */
export async function calendarFeed(signal) {
  return (await request('GET', '/auth/me/calendar', { signal })).data;
}

/**
 * Makes an address for the user's calendar, which is told only now. The one before ends.
 * @returns {Promise<Api.NewCalendarFeed>}
 */
export async function createCalendarFeed() {
  return (await request('POST', '/auth/me/calendar')).data;
}

/** Ends the address of the user's calendar. */
export async function revokeCalendarFeed() {
  await request('DELETE', '/auth/me/calendar');
}

/**
 * Books seats. The same key never makes a second booking.
 * @param {string} eventId
 * @param {{ key: string, wanted: unknown }} booking without `wanted`, one free seat of the only ticket type
 * @param {AbortSignal} signal
 * @returns {Promise<Api.Registration>}
 */
export async function register(eventId, { key, wanted }, signal) {
  const headers = { 'Idempotency-Key': key };
  const body = wanted ?? undefined;
  return (await request('POST', `/events/${encoded(eventId)}/register`, { headers, body, signal })).data;
}

/**
 * The prices that a code unlocks.
 * @param {string} eventId
 * @param {string} code
 * @param {AbortSignal} signal
 * @returns {Promise<Api.UnlockedPrices>}
 */
export async function unlock(eventId, code, signal) {
  // In the body: addresses end up in logs.
  return (await request('POST', `/events/${encoded(eventId)}/code`, { body: { code }, signal })).data;
}

/**
 * Gives some seats of a registration back. Repeating it changes nothing more.
 * @param {string} eventId
 * @param {string} registrationId
 * @param {Api.Reduction} fewer what remains, and the status that the person was shown
 * @param {AbortSignal} signal
 * @returns {Promise<Api.Registration>}
 */
export async function takeFewer(eventId, registrationId, fewer, signal) {
  const path = `/events/${encoded(eventId)}/registrations/${encoded(registrationId)}`;
  return (await request('PATCH', path, { body: fewer, signal })).data;
}

/**
 * Cancels a booking. Repeating it changes nothing more.
 * @param {string} eventId
 * @param {string} registrationId
 * @param {AbortSignal} signal
 * @returns {Promise<Api.Registration>}
 */
export async function giveUp(eventId, registrationId, signal) {
  const path = `/events/${encoded(eventId)}/registrations/${encoded(registrationId)}`;
  return (await request('DELETE', path, { signal })).data;
}

/**
 * The tickets of an own booking.
 * @param {string} eventId
 * @param {string} registrationId
 * @param {AbortSignal} signal
 * @returns {Promise<Api.BookingTickets>}
 */
export async function ownTickets(eventId, registrationId, signal) {
  const path = `/events/${encoded(eventId)}/registrations/${encoded(registrationId)}/tickets`;
  return (await request('GET', path, { signal })).data;
}

/**
 * Fills in the names of an own booking's tickets, in their order; null for the buyer's.
 * @param {string} eventId
 * @param {string} registrationId
 * @param {(string | null)[]} names
 * @returns {Promise<Api.BookingTickets>}
 */
export async function nameTickets(eventId, registrationId, names) {
  const path = `/events/${encoded(eventId)}/registrations/${encoded(registrationId)}/tickets/names`;
  return (await request('PUT', path, { body: { names } })).data;
}

/**
 * A page of the signed-in user's registrations, for one event if `event_id` is given.
 * @param {{ event_id?: string, cursor?: Cursor, limit?: number }} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Api.OwnRegistrationPage>}
 */
export async function ownRegistrations({ event_id = '', cursor = null, limit = 100 }, signal) {
  return (await request('GET', `/me/registrations${queryOf({ event_id, cursor, limit })}`, { signal })).data;
}

/**
 * The sums over all events of the list, whatever the page shows of them.
 * @typedef {object} EventTotals
 * @property {number} events
 * @property {number} drafts
 * @property {number} published
 * @property {number} cancelled
 * @property {number} seats
 * @property {number} sold
 * @property {number} waiting
 */

/**
 * A page of the organizer's events; for an administrator, of all events. The first page may have the totals. An empty
 * filter excludes nothing, and an empty `sort` has the newest event first.
 * @param {{ q?: string, status?: string, sort?: string, cursor?: Cursor, limit?: number }} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Api.EventSummaryPage & { totals?: EventTotals | null }>}
 */
export async function ownEvents({ q = '', status = '', sort = '', cursor = null, limit = 20 }, signal) {
  return (await request('GET', `/organizer/events${queryOf({ q, status, sort, cursor, limit })}`, { signal })).data;
}

/**
 * One event for its organizer, never from a cache.
 * @param {string} id
 * @param {AbortSignal} signal
 */
export async function ownEvent(id, signal) {
  return withTag(await request('GET', `/organizer/events/${encoded(id)}`, { signal }));
}

/**
 * Creates an event as a draft. The same key never makes a second one: `replayed` says that the event is that of an earlier
 * request, whatever `details` say.
 * @param {Api.NewEvent} details
 * @param {string} key
 */
export async function createEvent(details, key) {
  const headers = { 'Idempotency-Key': key };
  /** @type {{ data: Api.Event, headers: Headers }} */
  const answer = await request('POST', '/organizer/events', { body: details, headers });
  return { ...withTag(answer), replayed: answer.headers.get('idempotency-replayed') === 'true' };
}

/**
 * Deletes a draft.
 * @param {string} id
 */
export async function deleteDraft(id) {
  await request('DELETE', `/organizer/events/${encoded(id)}`);
}

/**
 * Changes an event, unless somebody else has changed it since `etag`.
 * @param {string} id
 * @param {Api.EventChanges} changes
 * @param {string | null} etag
 */
export async function editEvent(id, changes, etag) {
  /** @type {Record<string, string>} */
  const headers = etag ? { 'If-Match': etag } : {};
  return withTag(await request('PATCH', `/organizer/events/${encoded(id)}`, { body: changes, headers }));
}

/**
 * Publishes an event: everybody can see it, and book it while its sale is open.
 * @param {string} id
 */
export async function publishEvent(id) {
  return withTag(await request('POST', `/organizer/events/${encoded(id)}/publish`));
}

/**
 * Cancels an event for good.
 * @param {string} id
 */
export async function cancelEvent(id) {
  return withTag(await request('POST', `/organizer/events/${encoded(id)}/cancel`));
}

/**
 * Hands an event over to the organizer with this address, if it is the event that the user saw.
 * @param {string} id
 * @param {string} email
 * @param {string | null} etag
 */
export async function handOverEvent(id, email, etag) {
  /** @type {Record<string, string>} */
  const headers = etag ? { 'If-Match': etag } : {};
  await request('POST', `/organizer/events/${encoded(id)}/hand-over`, { body: { email }, headers });
}

/**
 * An event's numbers and its bookings over time.
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {Promise<Api.Analytics>}
 */
export async function analytics(id, signal) {
  return (await request('GET', `/organizer/events/${encoded(id)}/analytics`, { signal })).data;
}

/**
 * The criteria of a search for attendees. An empty one excludes nobody.
 * @typedef {object} AttendeeCriteria
 * @property {string} [q] words of the name or the e-mail address
 * @property {string} [status]
 * @property {string} [ticket_type] its number
 * @property {string} [arrived] `true` for bookings whose people are in, `false` for those that somebody is missing of
 */

/** @param {AttendeeCriteria} criteria */
function attendeeQuery({ q = '', status = '', ticket_type = '', arrived = '' }) {
  return { q, status, ticket_type, arrived };
}

/**
 * A page of an event's attendees. Without a `status`, of those with a seat and those on the waitlist.
 * @param {string} id
 * @param {AttendeeCriteria & { cursor?: Cursor, limit?: number }} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Api.AttendeePage>}
 */
export async function attendees(id, { cursor = null, limit = 50, ...criteria }, signal) {
  const path = `/organizer/events/${encoded(id)}/attendees${queryOf({ ...attendeeQuery(criteria), cursor, limit })}`;
  return (await request('GET', path, { signal })).data;
}

/**
 * Takes somebody's registration away. Repeating it changes nothing more.
 * @param {string} eventId
 * @param {string} registrationId
 * @param {Api.Removal} removal
 * @returns {Promise<Api.Registration>}
 */
export async function removeRegistration(eventId, registrationId, removal) {
  const path = `/organizer/events/${encoded(eventId)}/registrations/${encoded(registrationId)}/remove`;
  return (await request('POST', path, { body: removal })).data;
}

/**
 * All attendees that a search finds, as an answer with a CSV body.
 * @param {string} id
 * @param {AttendeeCriteria} criteria
 * @param {AbortSignal} signal
 */
export function attendeesFile(id, criteria, signal) {
  const path = `/organizer/events/${encoded(id)}/attendees${queryOf(attendeeQuery(criteria))}`;
  return requestLarge(path, { accept: 'text/csv, application/problem+json', signal });
}

/**
 * A page of users, newest first. An empty filter excludes nobody.
 * @param {{ q?: string, role?: string, is_active?: string, cursor?: Cursor, limit?: number }} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Api.PersonPage>}
 */
export async function users({ q = '', role = '', is_active = '', cursor = null, limit = 50 }, signal) {
  return (await request('GET', `/admin/users${queryOf({ q, role, is_active, cursor, limit })}`, { signal })).data;
}

/**
 * Changes a user's role, or whether they may sign in.
 * @param {string} id
 * @param {Api.PersonChanges} changes
 * @returns {Promise<Api.Person>}
 */
export async function changeUser(id, changes) {
  return (await request('PATCH', `/admin/users/${encoded(id)}`, { body: changes })).data;
}

/**
 * Sets a user's password.
 * @param {string} id
 * @param {string} replacement
 */
export async function resetPassword(id, replacement) {
  await request('POST', `/admin/users/${encoded(id)}/password`, { body: { new_password: replacement } });
}

/**
 * A page of the audit log, newest first. An empty filter excludes nothing.
 * @param {{ actor_id?: string, subject_id?: string, action?: string, cursor?: Cursor, limit?: number }} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Api.AuditEntryPage>}
 */
export async function log({ actor_id = '', subject_id = '', action = '', cursor = null, limit = 50 }, signal) {
  const query = queryOf({ actor_id, subject_id, action, cursor, limit });
  return (await request('GET', `/admin/audit${query}`, { signal })).data;
}

/**
 * Starts a stress test. The same key never starts a second one.
 * @param {string} id
 * @param {{ users: number, isDry: boolean, isCompared: boolean }} test how many simulated buyers, whether the event
 *   itself is left alone, and whether the crowd goes the classic way as well
 * @param {string} key
 * @returns {Promise<Api.Simulation>}
 */
export async function simulate(id, { users, isDry, isCompared }, key) {
  const query = queryOf({ users, dry_run: String(isDry), classic: isCompared ? 'true' : '' });
  const path = `/admin/events/${encoded(id)}/simulate${query}`;
  const headers = { Prefer: 'respond-async', 'Idempotency-Key': key };
  return (await request('POST', path, { headers })).data;
}

/**
 * An event's latest stress test, running or over. Null if there was none.
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {Promise<Api.Simulation | null>}
 */
export async function simulation(id, signal) {
  return (await request('GET', `/admin/events/${encoded(id)}/simulation`, { signal })).data;
}

/**
 * The stress tests of an event that the server remembers, the newest first.
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {Promise<Api.SimulationSummaryPage>}
 */
export async function simulations(id, signal) {
  return (await request('GET', `/admin/events/${encoded(id)}/simulations`, { signal })).data;
}

/**
 * Asks for the end of a running stress test. Buyers who have not asked yet do not ask.
 * @param {string} id the event's
 * @param {string} simulation
 * @returns {Promise<Api.Simulation>}
 */
export async function stopSimulation(id, simulation) {
  const path = `/admin/events/${encoded(id)}/simulations/${encoded(simulation)}/stop`;
  return (await request('POST', path)).data;
}

/**
 * Removes the traces of an event's stress tests. There is no time limit.
 * @param {string} id
 * @returns {Promise<Api.Undone>}
 */
export async function undoSimulation(id) {
  const path = `/admin/events/${encoded(id)}/simulation`;
  return (await request('DELETE', path, { milliseconds: Infinity })).data;
}

/**
 * @param {{ data: Api.Event, headers: Headers }} answer
 * @returns {TaggedEvent}
 */
function withTag({ data, headers }) {
  return { event: data, etag: headers.get('etag') };
}

/** @param {Record<string, string | number | null>} values an empty one is left out */
function queryOf(values) {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [`${name}=${encoded(value)}`],
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
