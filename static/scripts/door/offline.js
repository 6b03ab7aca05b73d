// The service worker, which serves the scanner's own files while there is no network.

import { shared } from '../browser/storage.js';

const ADDRESS = '/door-worker.js';
const SCOPE = '/door';
/** Asks a worker that waits to take over. */
const TAKE_OVER = 'take-over';

/**
 * The policy's name stands in the document's headers (crates/server/src/http/headers.rs).
 * @typedef {{ createScriptURL(text: string): string }} UrlPolicy
 * @typedef {{ createPolicy(name: string, rules: UrlPolicy): UrlPolicy }} TrustedTypes
 */

/**
 * Registers the worker. `onUpdate` is called when another version waits; the page takes it when it calls the argument.
 * @param {(take: () => void) => void} onUpdate
 */
export async function serveOffline(onUpdate) {
  if (!('serviceWorker' in navigator)) return;
  let isTaken = false;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first worker of a page takes over as well, and changes nothing for it.
    if (isTaken) location.reload();
  });
  const registration = await navigator.serviceWorker.register(trusted(ADDRESS), {
    scope: SCOPE,
    updateViaCache: 'none',
  });
  const look = () => {
    const waiting = registration.waiting;
    if (waiting === null || navigator.serviceWorker.controller === null) return;
    onUpdate(() => {
      isTaken = true;
      waiting.postMessage(TAKE_OVER);
    });
  };
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
  });
  look();
  // Scans must not be thrown away when storage runs low. Browsers may say no.
  if (shared.read('onsale.door.place') !== null) await navigator.storage?.persist?.();
}

/**
 * The one address that this page runs as a worker. Where browsers know trusted types, the policy refuses any other.
 * @param {string} address
 */
function trusted(address) {
  /** @type {TrustedTypes | undefined} */
  const types = Reflect.get(globalThis, 'trustedTypes');
  const policy = types?.createPolicy('onsale-worker', {
    createScriptURL(text) {
      if (text !== ADDRESS) throw new Error(`${text} is not the scanner's worker`);
      return text;
    },
  });
  return policy?.createScriptURL(address) ?? address;
}
