// The page's address. Its path names a page of this application. Views change the address here; the router listens and
// shows the page.

import { listenerList } from './listeners.js';

/**
 * The argument of a view's `render`.
 * @typedef {object} Visit
 * @property {Record<string, string>} parameters the values of the route's `:names`
 * @property {URLSearchParams} query
 * @property {URLSearchParams} fragment the part after `#`, which no server sees
 * @property {AbortSignal} signal aborts when the view is left
 * @property {string} entry names the entry of the browser's history
 * @property {boolean} returning whether this entry was shown before
 *
 * The argument of `render` for a route with an `:id`.
 * @typedef {Visit & { parameters: { id: string } }} IdVisit
 *
 * The result of a view's `render`, which may be a promise.
 * @typedef {{ title: string, node: Element }} Page
 *
 * A module that shows a page.
 * @typedef {{ render(visit: Visit): Page | Promise<Page> }} View
 */

/** The scanner is a document of its own, with other policies: a browser goes in and out of it by loading. */
const SCANNER = '/door';

/** @type {ReturnType<typeof listenerList<void>>} */
const visits = listenerList();
/** @type {ReturnType<typeof listenerList<void>>} */
const renames = listenerList();
/** @type {ReturnType<typeof listenerList<void>>} */
const departures = listenerList();

/**
 * The address of a page, for a link. Each segment is encoded.
 * @param {...string} segments
 */
export function address(...segments) {
  return `/${segments.map(encodeURIComponent).join('/')}`;
}

/** The address of the sign-in page that leads back to the current page. */
export function signInAddress() {
  return `/sign-in?then=${encodeURIComponent(currentPath())}`;
}

/** The current page's path and query, such as `/events?q=jazz`. */
export function currentPath() {
  return location.pathname + location.search;
}

/**
 * Goes to a page. With `replace`, the current page leaves the browser's history.
 * @param {string} target the address, beginning with `/`
 * @param {{ replace?: boolean }} [options]
 */
export function go(target, { replace = false } = {}) {
  if (isOtherDocument(new URL(target, location.origin).pathname)) {
    if (replace) location.replace(target);
    else location.assign(target);
    return;
  }
  if (replace || target === currentPath()) history.replaceState(null, '', target);
  else history.pushState(null, '', target);
  show();
}

/** Shows the current page again. */
export function show() {
  visits.tell();
}

/**
 * Changes the current page's address without showing the page again.
 * @param {string} target the address, beginning with `/`
 */
export function rename(target) {
  history.replaceState(history.state, '', target);
  renames.tell();
}

/** Tells the listeners of `onLeave` that the current page is left. */
export function leave() {
  departures.tell();
}

/**
 * Calls `listener` whenever a page is to be shown.
 * @param {() => void} listener
 */
export function onVisit(listener) {
  visits.add(listener);
}

/**
 * Calls `listener` whenever the current page's address has changed without a visit.
 * @param {() => void} listener
 */
export function onRename(listener) {
  renames.add(listener);
}

/**
 * Calls `listener` whenever the current page is left.
 * @param {() => void} listener
 */
export function onLeave(listener) {
  departures.add(listener);
}

/** @param {string} path */
function isOtherDocument(path) {
  return (path === SCANNER) !== (location.pathname === SCANNER);
}

/**
 * Whether the application shows the page of a link itself. A new tab, a download and another site are the browser's.
 * @param {MouseEvent} click
 * @param {HTMLAnchorElement} link
 */
function isOwn(click, link) {
  const plain = click.button === 0 && !(click.metaKey || click.ctrlKey || click.shiftKey || click.altKey);
  const here = link.target === '' && !link.hasAttribute('download') && link.origin === location.origin;
  return plain && here && !isOtherDocument(link.pathname) && !(link.getAttribute('href') ?? '').startsWith('#');
}

window.addEventListener('popstate', show);
document.addEventListener('click', (click) => {
  const link = click.target instanceof Element ? click.target.closest('a') : null;
  if (click.defaultPrevented || link === null || !isOwn(click, link)) return;
  click.preventDefault();
  go(link.pathname + link.search + link.hash);
});
