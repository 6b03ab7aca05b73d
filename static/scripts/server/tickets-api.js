// The routes of an event's tickets and payments, for the people who run it. As in api.js, every value in an address is
// encoded, and each function throws the errors of `request` in http.js.

import { request } from './http.js';

/**
 * An event's tickets with the ETag that a later edit is checked against. It is the event's.
 * @typedef {Api.TicketsAnswer & { etag: string | null }} TaggedTickets
 */

const encoded = encodeURIComponent;

/**
 * An event's ticket types, prices and terms of payment, with the counts that an edit of them depends on.
 * @param {string} id
 * @param {AbortSignal} signal
 */
export async function tickets(id, signal) {
  return withTicketsTag(await request('GET', `/organizer/events/${encoded(id)}/tickets`, { signal }));
}

/**
 * Replaces an event's ticket types, prices and terms of payment, unless somebody has changed the event since `etag`.
 * @param {string} id
 * @param {Api.TicketsDocument} document
 * @param {string | null} etag
 */
export async function replaceTickets(id, document, etag) {
  /** @type {Record<string, string>} */
  const headers = etag ? { 'If-Match': etag } : {};
  return withTicketsTag(await request('PUT', `/organizer/events/${encoded(id)}/tickets`, { body: document, headers }));
}

/**
 * Marks a registration as paid. The same key never makes a second payment.
 * @param {string} eventId
 * @param {{ id: string, amount: number, key: string }} payment of the registration with this id, in minor units
 * @returns {Promise<Api.Registration>} of a hold that has ended, a new one
 */
export async function markPaid(eventId, { id, amount, key }) {
  const path = `/organizer/events/${encoded(eventId)}/registrations/${encoded(id)}/payments`;
  return (await request('POST', path, { body: { amount }, headers: { 'Idempotency-Key': key } })).data;
}

/**
 * Takes the mark of a payment back. Repeating it changes nothing more.
 * @param {string} eventId
 * @param {string} registrationId
 * @param {string} payment its id
 * @returns {Promise<Api.Registration>}
 */
export async function markNotPaid(eventId, registrationId, payment) {
  const registration = `/organizer/events/${encoded(eventId)}/registrations/${encoded(registrationId)}`;
  return (await request('DELETE', `${registration}/payments/${encoded(payment)}`)).data;
}

/**
 * @param {{ data: Api.TicketsAnswer, headers: Headers }} answer
 * @returns {TaggedTickets}
 */
function withTicketsTag({ data, headers }) {
  return { ...data, etag: headers.get('etag') };
}
