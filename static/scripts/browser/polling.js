const SLOWEST_MILLISECONDS = 30_000;

/**
 * Calls `task` repeatedly while the page is visible, until `signal` aborts. The next call comes `milliseconds` after the
 * last one has finished. After each failure the pause doubles, up to 30 s. When the page becomes visible again, or the
 * network is back, the call is immediate.
 * @param {number} milliseconds
 * @param {() => unknown} task may return a promise
 * @param {AbortSignal} signal
 */
export function repeat(milliseconds, task, signal) {
  /** @type {number | undefined} */
  let timer;
  let running = false;
  let failures = 0;

  async function turn() {
    timer = undefined;
    if (running || signal.aborted || document.hidden) return;
    running = true;
    try {
      await task();
      failures = 0;
    } catch {
      failures += 1;
    }
    running = false;
    schedule();
  }

  function schedule() {
    if (signal.aborted || document.hidden) return;
    clearTimeout(timer);
    timer = setTimeout(turn, Math.min(milliseconds * 2 ** failures, Math.max(milliseconds, SLOWEST_MILLISECONDS)));
  }

  function atOnce() {
    clearTimeout(timer);
    if (!document.hidden) turn();
  }

  document.addEventListener('visibilitychange', atOnce, { signal });
  window.addEventListener('online', atOnce, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  schedule();
}
