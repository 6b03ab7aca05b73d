// Waiting while there may be no network. The browser tells when it has one again. That is only a hint: a server on this
// machine needs none, so nothing waits for the hint alone.

/**
 * Waits, until `signal` aborts at the latest.
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function pause(milliseconds, signal) {
  return waited(milliseconds, [[signal, 'abort']], signal);
}

/**
 * Waits, but no longer than until the network is back or `signal` aborts.
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function pauseOffline(milliseconds, signal) {
  return waited(
    milliseconds,
    [
      [signal, 'abort'],
      [window, 'online'],
    ],
    signal,
  );
}

/**
 * @param {number} milliseconds
 * @param {[target: EventTarget, event: string][]} ends the events that end it early
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function waited(milliseconds, ends, signal) {
  return new Promise((resolve) => {
    const over = new AbortController();
    const end = () => {
      clearTimeout(timer);
      over.abort();
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    for (const [target, event] of ends) target.addEventListener(event, end, { signal: over.signal });
    if (signal.aborted) end();
  });
}
