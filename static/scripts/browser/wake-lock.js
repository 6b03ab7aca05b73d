/**
 * Keeps the screen on until `signal` aborts, where the browser can do that. A browser lets go of it whenever the page
 * is hidden, so it is asked again when the page is shown.
 * @param {AbortSignal} signal
 */
export function keepAwake(signal) {
  const lock = navigator.wakeLock;
  if (lock === undefined) return;
  /** @type {WakeLockSentinel | null} */
  let held = null;
  let asking = false;

  async function ask() {
    if (asking || signal.aborted || document.hidden || (held !== null && !held.released)) return;
    asking = true;
    try {
      held = await lock.request('screen');
      // The view may have been left in the meantime.
      if (signal.aborted) release();
    } catch {
      // A battery that is nearly empty refuses. The screen then goes dark as always.
    } finally {
      asking = false;
    }
  }

  function release() {
    held?.release().catch(() => {});
    held = null;
  }

  document.addEventListener('visibilitychange', ask, { signal });
  signal.addEventListener('abort', release, { once: true });
  ask();
}
