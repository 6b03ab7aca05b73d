// The browser's storage, which may be blocked or full. Values are then kept in memory, for as long as the page is open.

/** @typedef {ReturnType<typeof guarded>} GuardedStorage */

/** @param {() => Storage} storage throws where the storage is blocked */
function guarded(storage) {
  /** @type {Map<string, string>} */
  const memory = new Map();
  return {
    /**
     * The text under a key, or null.
     * @param {string} key
     */
    read(key) {
      try {
        return storage().getItem(key) ?? memory.get(key) ?? null;
      } catch {
        return memory.get(key) ?? null;
      }
    },
    /**
     * @param {string} key
     * @param {string} text
     */
    write(key, text) {
      try {
        storage().setItem(key, text);
        memory.delete(key);
      } catch {
        memory.set(key, text);
      }
    },
    /** @param {string} key */
    remove(key) {
      memory.delete(key);
      try {
        storage().removeItem(key);
      } catch {
        // A blocked storage holds nothing.
      }
    },
  };
}

/** Storage that all tabs share. Values stay until they are removed. */
export const shared = guarded(() => localStorage);

/** This tab's own storage. Values survive a reload. */
export const ownTab = guarded(() => sessionStorage);
