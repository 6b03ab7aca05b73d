import { Problem, Unreachable } from './failures.js';

const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 15_000;
const ATTEMPTS_MAX = 12;

/** Whether an answer settles the request. Without one, or with 503, 429 and the like, asking again may still help. */
export function isFinal(error) {
  if (error instanceof Unreachable) return false;
  return error instanceof Problem && ![408, 425, 429, 502, 503, 504].includes(error.status);
}

/**
 * Asks until an answer is final, with growing pauses, at least as long as the server's Retry-After. Only for requests
 * that are safe to repeat. `onPause({ error, attempt, milliseconds })` is called before each pause; after the last
 * attempt its error is thrown.
 */
export async function untilFinal(ask, { onPause, onAttempt, signal }) {
  for (let attempt = 1; ; attempt += 1) {
    onAttempt(attempt);
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted || isFinal(error) || !(error instanceof Problem || error instanceof Unreachable)) throw error;
      if (attempt === ATTEMPTS_MAX) throw error;
      const milliseconds = pauseBefore(attempt, error);
      onPause({ error, attempt, milliseconds });
      await pause(milliseconds, signal);
    }
  }
}

// Spread out, so that a crowd that was refused together does not come back together.
function pauseBefore(attempt, error) {
  const backoff = Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1), LONGEST_PAUSE_MILLISECONDS);
  const asked = (error.retryAfterSeconds ?? 0) * 1000;
  return Math.max(backoff, asked) * (1 + Math.random() * 0.25);
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const given = () => {
      clearTimeout(timer);
      reject(new DOMException('The request was given up.', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', given);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', given, { once: true });
    if (signal.aborted) given();
  });
}
