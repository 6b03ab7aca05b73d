// Keys of requests that must not be carried out twice. A key is kept in this tab until the answer is final, so that it
// survives lost answers, reloads and another sign-in.

import { ownTab } from '../browser/storage.js';
import { Problem } from './failures.js';
import { isFinal } from './retrying.js';

/**
 * Whether a request of this name has no final answer yet.
 * @param {string} name
 */
export function isUnsettled(name) {
  return ownTab.read(name) !== null;
}

/**
 * Forgets the request of this name, because its outcome is known.
 * @param {string} name
 */
export function settle(name) {
  ownTab.remove(name);
}

/**
 * Sends a request under the key of an earlier one that has no final answer, or else under a new one. Throws the error
 * of `send`.
 * @template T
 * @param {string} name names the request, and its user: if somebody else signs in meanwhile, they must not inherit the key
 * @param {(key: string) => Promise<T>} send
 */
export async function sendOnce(name, send) {
  const key = ownTab.read(name) ?? randomKey();
  ownTab.write(name, key);
  try {
    const answer = await send(key);
    ownTab.remove(name);
    return answer;
  } catch (error) {
    if (isRefusal(error)) ownTab.remove(name);
    throw error;
  }
}

/**
 * Whether the server has refused the request for good. After a 401 the user signs in and asks again, and a 500 leaves the
 * outcome open: both keep the key.
 * @param {unknown} error
 */
function isRefusal(error) {
  return error instanceof Problem && isFinal(error) && error.status !== 401 && error.status < 500;
}

/** A new id. `randomUUID` exists only on pages that came over HTTPS or from this machine. */
export function randomKey() {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
