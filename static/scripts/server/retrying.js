import { pause, pauseOffline } from '../browser/network.js';
import { Problem, Unreachable } from './failures.js';

const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 15_000;
const ATTEMPTS_MAX = 12;
// These say nothing about the request itself: the server was too busy, or something between it and the page failed.
const PASSING_STATUSES = [408, 425, 429, 502, 503, 504];

/**
 * How a repeated request tells of its progress. `signal` ends it.
 * @typedef {object} Progress
 * @property {AbortSignal} signal
 * @property {(attempt: number) => void} onAttempt called before each attempt; the first one is 1
 * @property {(pause: { error: Problem | Unreachable, attempt: number, milliseconds: number }) => void} onPause
 */

/**
 * Whether an error settles the request. After one that does not, another attempt may succeed.
 * @param {unknown} error
 */
export function isFinal(error) {
  return error instanceof Problem && !PASSING_STATUSES.includes(error.status);
}

/**
 * Sends a request until its answer is final, 12 times at most. Only for requests that are safe to repeat. The pauses
 * grow, and are never shorter than the server's Retry-After. A pause after no answer ends when the network is back.
 * Throws the error of the last attempt.
 * @template T
 * @param {() => Promise<T>} ask
 * @param {Progress} progress
 * @returns {Promise<T>}
 */
export async function untilFinal(ask, { onPause, onAttempt, signal }) {
  for (let attempt = 1; ; attempt += 1) {
    onAttempt(attempt);
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted || isFinal(error)) throw error;
      if (!(error instanceof Problem || error instanceof Unreachable) || attempt === ATTEMPTS_MAX) throw error;
      const milliseconds = pauseAfter(attempt, error);
      onPause({ error, attempt, milliseconds });
      // A server that was busy stays so, whatever happens to the network.
      await (error instanceof Unreachable ? pauseOffline : pause)(milliseconds, signal);
      if (signal.aborted) throw new DOMException('The request was given up.', 'AbortError');
    }
  }
}

/**
 * Pauses are spread, so that a crowd that was refused together does not return together.
 * @param {number} attempt
 * @param {Problem | Unreachable} error
 */
function pauseAfter(attempt, error) {
  const backoff = Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1), LONGEST_PAUSE_MILLISECONDS);
  const asked = error instanceof Problem ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
  return Math.max(backoff, asked) * (1 + Math.random() * 0.25);
}
