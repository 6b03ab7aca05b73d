// The links by which a seat is taken, kept in this tab: their readers may have to sign in first, or to confirm their
// address, and a phone loads a tab again that was not looked at for a while. A link is kept for the person who has
// opened it: the next person who signs in in the same tab does not get it.

import { ownTab } from '../../browser/storage.js';
import * as session from '../../server/session.js';

/**
 * `user` is null as long as nobody has signed in.
 * @typedef {{ event: string, token: string, user: string | null }} KeptLink
 */

const KEY = 'onsale.links';
// Somebody who was given more seats than that has taken the first.
const LINKS_MAX = 5;

/**
 * Keeps the token of a link to an event's seat, in place of the one before.
 * @param {string} event its id
 * @param {string} token
 */
export function keepLink(event, token) {
  put([...others(event), { event, token, user: session.user()?.id ?? null }]);
}

/**
 * The token that is kept for an event, or nothing.
 * @param {string} event its id
 */
export function keptLink(event) {
  const user = session.user()?.id ?? null;
  const found = all().find((one) => one.event === event && (one.user === null || one.user === user));
  if (found === undefined) return '';
  if (found.user !== user) put([...others(event), { ...found, user }]);
  return found.token;
}

/**
 * Forgets the token of an event: it has been used, or leads nowhere.
 * @param {string} event its id
 */
export function forgetLink(event) {
  put(others(event));
}

/** @param {string} event */
function others(event) {
  return all().filter((one) => one.event !== event);
}

/** @param {KeptLink[]} links */
function put(links) {
  if (links.length === 0) ownTab.remove(KEY);
  else ownTab.write(KEY, JSON.stringify(links.slice(-LINKS_MAX)));
}

/** @returns {KeptLink[]} */
function all() {
  try {
    const kept = JSON.parse(ownTab.read(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isSound) : [];
  } catch {
    return [];
  }
}

/** @param {any} one */
function isSound(one) {
  return (
    typeof one?.event === 'string' &&
    typeof one.token === 'string' &&
    (one.user === null || typeof one.user === 'string')
  );
}
