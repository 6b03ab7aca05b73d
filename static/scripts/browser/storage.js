// Browser storage that may be blocked or full: then what is kept lasts as long as the page.

function guarded(storage) {
  const memory = new Map();
  return {
    read(key) {
      try {
        return storage().getItem(key) ?? memory.get(key) ?? null;
      } catch {
        return memory.get(key) ?? null;
      }
    },
    write(key, text) {
      try {
        storage().setItem(key, text);
        memory.delete(key);
      } catch {
        memory.set(key, text);
      }
    },
    remove(key) {
      memory.delete(key);
      try {
        storage().removeItem(key);
      } catch {
        // Blocked: then there was nothing in it either.
      }
    },
  };
}

/** Shared by all tabs, kept until it is removed. */
export const shared = guarded(() => localStorage);

/** This tab's own, kept over a reload. */
export const ownTab = guarded(() => sessionStorage);
