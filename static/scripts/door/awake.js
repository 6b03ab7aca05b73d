/**
 * Keeps the screen on until `signal` aborts. Browsers end it whenever the page is hidden, and some refuse it while the
 * battery is low.
 * @param {AbortSignal} signal
 */
export function keepAwake(signal) {
  /** @type {WakeLockSentinel | undefined} */
  let lock;

  async function ask() {
    if (document.hidden || signal.aborted || !('wakeLock' in navigator)) return;
    try {
      lock = await navigator.wakeLock.request('screen');
      if (signal.aborted) await lock.release();
    } catch {
      // The screen goes dark as usual.
    }
  }

  document.addEventListener('visibilitychange', ask, { signal });
  signal.addEventListener('abort', () => lock?.release().catch(() => {}));
  ask();
}
