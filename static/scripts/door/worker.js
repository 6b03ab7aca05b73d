// The scanner's service worker. It keeps the scanner's own files, and nothing else: no answer of the API and no token
// passes through it. Scans are in the page's database, which it never touches.
//
// crates/page puts the version and its files into the next line. Without them, the worker leaves everything to the network.
const RELEASE = { version: '', files: [] };

/**
 * The part of a worker's global object that is used here. The types of pages do not have it.
 * @typedef {{ waitUntil(promise: Promise<unknown>): void }} LastingEvent
 * @typedef {{ request: Request, respondWith(answer: Promise<Response>): void }} AskingEvent
 * @typedef {object} WorkerScope
 * @property {(name: string, listener: (event: any) => void) => void} addEventListener
 * @property {() => void} skipWaiting
 * @property {{ claim(): Promise<void> }} clients
 * @property {Location} location
 */

const scope = /** @type {WorkerScope} */ (/** @type {unknown} */ (self));
/** @type {string[]} */
const files = RELEASE.files;
const PREFIX = 'onsale-door-';
const CACHE = PREFIX + RELEASE.version;

// All or nothing: a version of which a file is missing does not begin.
scope.addEventListener('install', (/** @type {LastingEvent} */ event) => {
  if (files.length === 0) return;
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: 'reload' })))),
  );
});

scope.addEventListener('activate', (/** @type {LastingEvent} */ event) => {
  const dropOthers = caches
    .keys()
    .then((names) =>
      Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name))),
    );
  event.waitUntil(dropOthers.then(() => scope.clients.claim()));
});

// A new version waits until the page asks for it: never in the middle of an admission.
scope.addEventListener('message', (/** @type {MessageEvent} */ event) => {
  if (event.data === 'take-over') scope.skipWaiting();
});

scope.addEventListener('fetch', (/** @type {AskingEvent} */ event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== scope.location.origin || !files.includes(pathname)) return;
  // The document comes from the cache as well, so that it always fits its scripts.
  event.respondWith(
    caches
      .open(CACHE)
      .then((cache) => cache.match(pathname))
      .then((kept) => kept ?? fetch(event.request)),
  );
});
