/**
 * Calls `task` about every `milliseconds` while the page is hidden, until `signal` aborts. Browsers let hidden pages have a
 * turn once a minute, or later. A failure is left to the next turn.
 * @param {number} milliseconds
 * @param {() => unknown} task may return a promise
 * @param {AbortSignal} signal
 */
export function repeatWhileHidden(milliseconds, task, signal) {
  let running = false;
  const timer = setInterval(async () => {
    if (!document.hidden || running) return;
    running = true;
    try {
      await task();
    } catch {
      // The next turn comes anyway.
    }
    running = false;
  }, milliseconds);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
