/**
 * Calls `listener` when the page may be gone for good in a moment: it is hidden, reloaded or closed.
 * @param {() => void} listener
 * @param {AbortSignal} [signal]
 */
export function onHiding(listener, signal) {
  window.addEventListener('pagehide', listener, { signal });
  // Phones end hidden pages without another word.
  document.addEventListener('visibilitychange', () => document.hidden && listener(), { signal });
}
