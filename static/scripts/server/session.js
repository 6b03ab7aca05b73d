// Who is signed in. The token is in localStorage, not sessionStorage: buyers sign in before a sale and open events in
// several tabs, and signing out must end all of them. A script of an attacker could read either; the content security
// policy and text-only rendering are what keeps such a script out, and the token expires.

import { listenerList } from '../browser/listeners.js';
import { shared } from '../browser/storage.js';

const KEY = 'onsale.session';
const RANKS = ['AUDIENCE', 'ORGANIZER', 'ADMIN'];
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

/** Whether the signed-in user has this role or one above it. */
export function hasRole(role) {
  return current !== null && RANKS.indexOf(current.user.role) >= RANKS.indexOf(role);
}

/** Takes the answer of a login. */
export function begin({ token: newToken, expires_in: seconds, user: newUser }) {
  current = { token: newToken, user: newUser, expires: Date.now() + seconds * 1000 };
  shared.write(KEY, JSON.stringify(current));
  changed('signed-in');
}

/** Takes what the server says about the user now. */
export function refresh(newUser) {
  if (current === null || JSON.stringify(current.user) === JSON.stringify(newUser)) return;
  current = { ...current, user: newUser };
  shared.write(KEY, JSON.stringify(current));
  changed('refreshed');
}

/** Forgets the session. `reason` is `signed-out` or `expired`. */
export function end(reason) {
  if (current === null) return;
  current = null;
  shared.remove(KEY);
  changed(reason);
}

/** Calls `listener` with a reason whenever who is signed in changes, in this tab or in another one. */
export function onChange(listener) {
  changes.add(listener);
}

function changed(reason) {
  changes.tell(reason);
}

function stored() {
  try {
    const kept = JSON.parse(shared.read(KEY));
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
  if (JSON.stringify(current) !== before) changed('other-tab');
});
