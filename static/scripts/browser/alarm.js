// A timer for a moment ahead, however far away.

// Browsers fire a timer of more than 24.8 days at once, and one that slept is late by as long as it slept.
const LONGEST_MILLISECONDS = 60_000;

/**
 * Calls `task` when the moment that `next` names has come, and then asks `next` again. Until then `task` may be called
 * now and then, in case the clock was corrected. While the page is hidden nothing is called; when it is shown again,
 * `task` is called at once.
 * @param {() => number | null} next the milliseconds until the next moment, null if there is none
 * @param {() => void} task
 * @param {AbortSignal} signal stops it
 */
export function alarm(next, task, signal) {
  /** @type {number | undefined} */
  let timer;

  function set() {
    clearTimeout(timer);
    if (signal.aborted || document.hidden) return;
    const rest = next();
    if (rest !== null) timer = setTimeout(turn, Math.min(Math.max(0, rest), LONGEST_MILLISECONDS));
  }

  function turn() {
    task();
    set();
  }

  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.hidden) clearTimeout(timer);
      else turn();
    },
    { signal },
  );
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  set();
  return {
    /** Asks `next` again, because the facts have changed. */
    set,
  };
}
