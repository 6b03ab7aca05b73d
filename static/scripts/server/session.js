// The signed-in user. The token is in localStorage, not sessionStorage: buyers sign in before a sale and open events in
// several tabs, and signing out must end all of them. An attacker's script could read either storage. The content
// security policy and text-only rendering keep such scripts out, and the token expires.

import { listenerList } from '../browser/listeners.js';
import { shared } from '../browser/storage.js';

/**
 * @typedef {{ token: string, user: Api.User, expires: number }} KeptSession `expires` is in milliseconds
 * @typedef {'signed-in' | 'refreshed' | 'signed-out' | 'expired' | 'other-tab'} ChangeReason
 */

const KEY = 'onsale.session';
/** @type {Api.Role[]} */
const RANKS = ['AUDIENCE', 'ORGANIZER', 'ADMIN'];
/** @type {ReturnType<typeof listenerList<ChangeReason>>} */
const changes = listenerList();
let current = stored();

/** The signed-in user, or null. */
export function user() {
  return current?.user ?? null;
}

/** The token to send, or null. */
export function token() {
  return current?.token ?? null;
}

/**
 * Whether the signed-in user has this role or a higher one.
 * @param {Api.Role} role
 */
export function hasRole(role) {
  return current !== null && RANKS.indexOf(current.user.role) >= RANKS.indexOf(role);
}

/**
 * Begins a session with the answer to a login.
 * @param {Api.Session} login
 */
export function begin({ token: newToken, expires_in: seconds, user: newUser }) {
  keep({ token: newToken, user: newUser, expires: Date.now() + seconds * 1000 });
  changes.tell('signed-in');
}

/**
 * Updates the signed-in user to the server's latest answer.
 * @param {Api.User} newUser
 */
export function refresh(newUser) {
  if (current === null || JSON.stringify(current.user) === JSON.stringify(newUser)) return;
  keep({ ...current, user: newUser });
  changes.tell('refreshed');
}

/**
 * Forgets the session.
 * @param {'signed-out' | 'expired'} reason
 */
export function end(reason) {
  if (current === null) return;
  current = null;
  shared.remove(KEY);
  changes.tell(reason);
}

/**
 * Calls `listener` with a reason whenever the signed-in user changes, in this tab or in another one.
 * @param {(reason: ChangeReason) => void} listener
 */
export function onChange(listener) {
  changes.add(listener);
}

/** @param {KeptSession} session */
function keep(session) {
  current = session;
  shared.write(KEY, JSON.stringify(session));
}

/** @returns {KeptSession | null} */
function stored() {
  try {
    const kept = JSON.parse(shared.read(KEY) ?? 'null');
    const sound = typeof kept?.token === 'string' && RANKS.includes(kept.user?.role) && kept.expires > Date.now();
    return sound ? kept : null;
  } catch {
    return null;
  }
}

window.addEventListener('storage', (event) => {
  if (event.key !== KEY && event.key !== null) return;
  const before = JSON.stringify(current);
  current = stored();
  if (JSON.stringify(current) !== before) changes.tell('other-tab');
});
