/**
 * A list of listeners that are all told the same.
 * @template T
 * @returns {{ add(listener: (value: T) => void): void, tell(value: T): void }}
 */
export function listenerList() {
  /** @type {Set<(value: T) => void>} */
  const listeners = new Set();
  return {
    add(listener) {
      listeners.add(listener);
    },
    // One listener that fails must not keep the others from hearing.
    tell(value) {
      for (const listener of listeners) {
        try {
          listener(value);
        } catch (error) {
          reportError(error);
        }
      }
    },
  };
}
