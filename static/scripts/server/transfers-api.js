// The routes by which seats are passed on. As in api.js, every value in an address is encoded, and each function throws
// the errors of `request` in http.js.

import { request } from './http.js';

const encoded = encodeURIComponent;

/**
 * @param {string} eventId
 * @param {string} registrationId
 */
const ofBooking = (eventId, registrationId) =>
  `/events/${encoded(eventId)}/registrations/${encoded(registrationId)}/transfers`;

/**
 * The offers of an own booking's seats, the newest first.
 * @param {string} eventId
 * @param {string} registrationId
 * @param {AbortSignal} signal
 * @returns {Promise<Api.Transfer[]>}
 */
export async function transfers(eventId, registrationId, signal) {
  /** @type {{ data: { items: Api.Transfer[] } }} */
  const { data } = await request('GET', ofBooking(eventId, registrationId), { signal });
  return data.items;
}

/**
 * Offers a seat of an own booking.
 * @param {string} eventId
 * @param {string} registrationId
 * @param {number} price the number of the seat's price
 * @returns {Promise<Api.MadeTransfer>}
 */
export async function offerSeat(eventId, registrationId, price) {
  return (await request('POST', ofBooking(eventId, registrationId), { body: { price } })).data;
}

/**
 * Takes an offer back.
 * @param {string} eventId
 * @param {string} registrationId
 * @param {string} transfer its id
 */
export async function withdrawOffer(eventId, registrationId, transfer) {
  await request('DELETE', `${ofBooking(eventId, registrationId)}/${encoded(transfer)}`);
}

/**
 * The seat that a link offers.
 * @param {string} eventId
 * @param {string} token of the link
 * @param {AbortSignal} signal
 * @returns {Promise<Api.OfferedSeat>}
 */
export async function offeredSeat(eventId, token, signal) {
  const path = `/events/${encoded(eventId)}/transfers/look`;
  return (await request('POST', path, { body: { token }, anonymous: true, signal })).data;
}

/**
 * Takes the seat that a link offers. Repeating it takes no other one.
 * @param {string} eventId
 * @param {string} token of the link
 * @param {AbortSignal} signal
 * @returns {Promise<Api.Registration>}
 */
export async function takeSeat(eventId, token, signal) {
  return (await request('POST', `/events/${encoded(eventId)}/transfers/accept`, { body: { token }, signal })).data;
}
