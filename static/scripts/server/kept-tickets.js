// Tickets that were shown, kept in this browser: at a gate there may be no network. They let somebody in, so they end
// with the session, in all tabs, and nobody else who signs in here gets them.

import { shared } from '../browser/storage.js';
import * as session from './session.js';

/** `at` is when they were loaded, in milliseconds. @typedef {{ at: number, answer: Api.BookingTickets }} KeptTickets */

const KEY = 'onsale.tickets';
const BOOKINGS_MAX = 20;
// A browser keeps about five million for a site. Parties of hundreds have large answers.
const CHARACTERS_MAX = 2_000_000;

/**
 * The tickets of a booking of the signed-in user as they were loaded last, or null.
 * @param {string} registrationId
 * @returns {KeptTickets | null}
 */
export function keptTickets(registrationId) {
  return allKeptTickets().find(({ answer }) => answer.registration_id === registrationId) ?? null;
}

/**
 * All tickets of the signed-in user that are kept, those first that were loaded last.
 * @returns {KeptTickets[]}
 */
export function allKeptTickets() {
  const user = session.user();
  if (user === null) return [];
  try {
    const all = JSON.parse(shared.read(KEY) ?? 'null');
    return all?.user === user.id && Array.isArray(all.kept) ? all.kept.filter(isSound) : [];
  } catch {
    return [];
  }
}

/**
 * Keeps an answer with tickets, in place of the one before. Without tickets it only ends the one before.
 * @param {Api.BookingTickets} answer
 * @param {number} at when it was loaded, in milliseconds
 */
export function keepTickets(answer, at) {
  const others = allKeptTickets().filter((one) => one.answer.registration_id !== answer.registration_id);
  put(answer.tickets.length === 0 ? others : [{ at, answer }, ...others]);
}

/**
 * Forgets the tickets of a booking.
 * @param {string} registrationId
 */
export function forgetTickets(registrationId) {
  put(allKeptTickets().filter(({ answer }) => answer.registration_id !== registrationId));
}

/** @param {KeptTickets[]} wanted */
function put(wanted) {
  const user = session.user();
  const kept = wanted.slice(0, BOOKINGS_MAX);
  if (user === null || kept.length === 0) {
    shared.remove(KEY);
    return;
  }
  let text = JSON.stringify({ user: user.id, kept });
  while (text.length > CHARACTERS_MAX && kept.length > 1) {
    kept.pop();
    text = JSON.stringify({ user: user.id, kept });
  }
  shared.write(KEY, text);
}

/** @param {any} one */
function isSound(one) {
  const answer = one?.answer;
  return (
    Number.isFinite(one?.at) &&
    typeof answer?.registration_id === 'string' &&
    typeof answer.event?.title === 'string' &&
    Array.isArray(answer.tickets) &&
    answer.tickets.every(
      (/** @type {any} */ ticket) => typeof ticket?.code === 'string' && typeof ticket.qr?.path === 'string',
    )
  );
}

/** Forgets everything that is not the signed-in user's own. */
function forgetOthers() {
  if (allKeptTickets().length === 0) shared.remove(KEY);
}

session.onChange(forgetOthers);
// A session may have expired while no page was open.
forgetOthers();
