// The server's routes, one function each. Every value that goes into an address is encoded.

import { request, requestLarge } from './http.js';

const encoded = encodeURIComponent;

/** Makes an account. */
export async function signUp(account) {
  return (await request('POST', '/auth/register', { body: account, anonymous: true })).data;
}

/** Asks for a token. */
export async function logIn(email, password) {
  return (await request('POST', '/auth/login', { body: { email, password }, anonymous: true })).data;
}

/** The signed-in user's account. */
export async function account(signal) {
  return (await request('GET', '/auth/me', { signal })).data;
}

/** Changes the signed-in user's password. Every token from before ends; the answer is a login with a new one. */
export async function changePassword(current, replacement) {
  const body = { current_password: current, new_password: replacement };
  return (await request('POST', '/auth/password', { body })).data;
}

/** A page of published events: `{ items, next_cursor }`. */
export async function events({ q = '', cursor = null, limit = 20 }, signal) {
  return (await request('GET', `/events${queryOf({ q, cursor, limit })}`, { signal })).data;
}

/** One event with its ETag: `{ event, etag }`. */
export async function event(id, signal) {
  return withTag(await request('GET', `/events/${encoded(id)}`, { signal }));
}

/** Asks for a place. The same key never makes a second one. */
export async function register(eventId, key, signal) {
  const headers = { 'Idempotency-Key': key };
  return (await request('POST', `/events/${encoded(eventId)}/register`, { headers, signal })).data;
}

/** Gives a place, or a place in line, up. Asking again changes nothing more. */
export async function giveUp(eventId, registrationId, signal) {
  const path = `/events/${encoded(eventId)}/registrations/${encoded(registrationId)}`;
  return (await request('DELETE', path, { signal })).data;
}

/** A page of the signed-in user's registrations: `{ items, next_cursor }`. */
export async function ownRegistrations({ cursor = null, limit = 100 } = {}, signal) {
  return (await request('GET', `/me/registrations${queryOf({ cursor, limit })}`, { signal })).data;
}

/** A page of the organizer's events; for an admin, of all. */
export async function ownEvents({ cursor = null, limit = 20 }, signal) {
  return (await request('GET', `/organizer/events${queryOf({ cursor, limit })}`, { signal })).data;
}

/** One event to run, as it is at this moment, with the ETag that an edit goes by: `{ event, etag }`. */
export async function ownEvent(id, signal) {
  return withTag(await request('GET', `/organizer/events/${encoded(id)}`, { signal }));
}

/** Makes an event, as a draft. */
export async function createEvent(details) {
  return (await request('POST', '/organizer/events', { body: details })).data;
}

/** Changes an event if nobody else has since `etag`: `{ event, etag }`. */
export async function editEvent(id, changes, etag) {
  const headers = etag ? { 'If-Match': etag } : {};
  return withTag(await request('PATCH', `/organizer/events/${encoded(id)}`, { body: changes, headers }));
}

/** Lets everybody see and book an event: `{ event, etag }`. */
export async function publishEvent(id) {
  return withTag(await request('POST', `/organizer/events/${encoded(id)}/publish`));
}

/** Calls an event off, for good: `{ event, etag }`. */
export async function cancelEvent(id) {
  return withTag(await request('POST', `/organizer/events/${encoded(id)}/cancel`));
}

/** How the places of an event went: `{ as_of, cancelled, interval_seconds, bookings, … }`. */
export async function analytics(id, signal) {
  return (await request('GET', `/organizer/events/${encoded(id)}/analytics`, { signal })).data;
}

/** A page of who comes and who waits: `{ items, next_cursor }`. An empty `status` is both. */
export async function attendees(id, { q = '', status = '', cursor = null, limit = 50 }, signal) {
  const path = `/organizer/events/${encoded(id)}/attendees${queryOf({ q, status, cursor, limit })}`;
  return (await request('GET', path, { signal })).data;
}

/** All attendees that a search finds, as the answer that carries the CSV. */
export function attendeesFile(id, { q = '', status = '' }, signal) {
  const path = `/organizer/events/${encoded(id)}/attendees${queryOf({ q, status })}`;
  return requestLarge(path, { accept: 'text/csv, application/problem+json', signal });
}

/** A page of people, newest first: `{ items, next_cursor }`. An empty filter leaves all in. */
export async function users({ q = '', role = '', is_active = '', cursor = null, limit = 50 }, signal) {
  return (await request('GET', `/admin/users${queryOf({ q, role, is_active, cursor, limit })}`, { signal })).data;
}

/** Changes somebody's role, or whether they may sign in; gives the user. */
export async function changeUser(id, changes) {
  return (await request('PATCH', `/admin/users/${encoded(id)}`, { body: changes })).data;
}

/** Gives somebody a new password. */
export async function resetPassword(id, replacement) {
  await request('POST', `/admin/users/${encoded(id)}/password`, { body: { new_password: replacement } });
}

/** A page of the log, newest first: `{ items, next_cursor }`. An empty filter leaves all in. */
export async function log({ actor_id = '', subject_id = '', action = '', cursor = null, limit = 50 }, signal) {
  const query = queryOf({ actor_id, subject_id, action, cursor, limit });
  return (await request('GET', `/admin/audit${query}`, { signal })).data;
}

/** Starts the stress test; gives it as `simulation` does. */
export async function simulate(id, users) {
  const path = `/admin/events/${encoded(id)}/simulate${queryOf({ users })}`;
  return (await request('POST', path, { headers: { Prefer: 'respond-async' } })).data;
}

/** The latest stress test of an event, running or over; null if there was none. */
export async function simulation(id, signal) {
  return (await request('GET', `/admin/events/${encoded(id)}/simulation`, { signal })).data;
}

/** Takes a stress test's traces out: `{ removed, rehearsals_removed }`. */
export async function undoSimulation(id) {
  const path = `/admin/events/${encoded(id)}/simulation`;
  return (await request('DELETE', path, { milliseconds: Infinity })).data;
}

function withTag({ data, headers }) {
  return { event: data, etag: headers.get('etag') };
}

function queryOf(values) {
  const pairs = Object.entries(values).filter(([, value]) => value !== null && value !== '');
  return pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${encoded(value)}`).join('&')}`;
}
