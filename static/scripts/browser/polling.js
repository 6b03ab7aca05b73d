const SLOWEST_MILLISECONDS = 30_000;

/**
 * Calls `task` again and again, `milliseconds` after it has finished, while the page is visible and until `signal`
 * ends it. After a failure it waits longer each time; coming back to the page calls it at once.
 */
export function repeat(milliseconds, task, signal) {
  let timer = null;
  let running = false;
  let failures = 0;

  async function turn() {
    timer = null;
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

  function onVisibility() {
    clearTimeout(timer);
    if (!document.hidden) turn();
  }

  document.addEventListener('visibilitychange', onVisibility, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  schedule();
}
