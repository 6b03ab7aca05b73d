// Shows the view that the page's address names. Leaving a view aborts its `signal`, and with it all that the view has
// started.

import { formerAddress } from '../browser/former-addresses.js';
import { onHiding } from '../browser/hiding.js';
import { listenerList } from '../browser/listeners.js';
import { currentPath, go, leave, onRename, onVisit, signInAddress } from '../browser/navigation.js';
import { ownTab } from '../browser/storage.js';
import { isAbort, Problem, Unreachable } from '../server/failures.js';
import * as session from '../server/session.js';
import { element } from '../ui/dom.js';
import { skeleton } from '../ui/skeletons.js';
import { sentenceOf } from '../words/problems.js';
import { loaded, NotLoaded } from './late-views.js';

/** @import { Page, View } from '../browser/navigation.js' */
/** @import { Shape } from '../ui/skeletons.js' */

const TEXTS = Object.freeze({
  /** @param {string} title */
  onsale: (title) => `${title} · Onsale`,
  pageNotFound: 'Page not found',
  thisPageDoesntExistThe: 'This page doesn’t exist. The link may be old or mistyped.',
  youDontHaveAccess: 'You don’t have access',
  /** @param {string} whose */
  thisPageIsFor: (whose) => `This page is for ${whose}.`,
  browseEvents: 'Browse events',
  thisPageCouldNotBe: 'This page could not be loaded. Check your connection and try again.',
  somethingWentWrong: 'Something went wrong',
  tryAgain: 'Try again',
});

/**
 * @typedef {object} Route
 * @property {string} path such as `/events/:id`
 * @property {View} [view]
 * @property {() => Promise<View>} [load] loads the view when the page is opened, in place of `view`
 * @property {string} [section] the part of the application that it belongs to
 * @property {Api.Role} [needs] the lowest role that may see it
 * @property {Shape} [shape] of the placeholder while it loads; `panels` by default
 */

const LOADING_AFTER_MILLISECONDS = 150;
// Where the page was scrolled to, so that a reload finds the place again.
const SCROLL = 'onsale.scroll';

/** Where each entry of the history was scrolled to. @type {Map<string, number>} */
const scrolls = new Map();
/** @type {ReturnType<typeof listenerList<Route>>} */
const arrivals = listenerList();
/** @type {(Route & { segments: string[] })[]} */
let routes = [];
/** @type {HTMLElement} */
let container;
let leaving = new AbortController();
/** @type {string | null} */
let entry = null;
let entries = 0;
let shownBefore = false;
/** @type {Route | null} */
let arrival = null;

/**
 * Shows the page that the address names, and follows the address from now on.
 * @param {Route[]} table
 * @param {HTMLElement} into the pages' parent
 */
export function start(table, into) {
  routes = table.map((route) => ({ ...route, segments: route.path.split('/') }));
  container = into;
  history.scrollRestoration = 'manual';
  const [scroll, scrolled] = (ownTab.read(SCROLL) ?? '').split(' ');
  if (scrolled !== undefined) scrolls.set(scrolled, Number(scroll) || 0);
  onHiding(() => ownTab.write(SCROLL, `${window.scrollY} ${entry}`));
  onVisit(show);
  onRename(() => {
    if (arrival !== null) arrive(arrival);
  });
  show();
}

/**
 * Calls `listener` with the route before a page is shown, and when the page's address has changed.
 * @param {(route: Route) => void} listener
 */
export function onArrival(listener) {
  arrivals.add(listener);
}

async function show() {
  const former = formerAddress(location.hash);
  if (former !== null) history.replaceState(null, '', former);
  leaving.abort();
  leave();
  leaving = new AbortController();
  const { signal } = leaving;
  const { current, returning } = enter();
  const [path = '', search = ''] = currentPath().split('?', 2);
  const { route, parameters } = matched(path);
  if (route.needs && session.user() === null) {
    go(signInAddress(), { replace: true });
    return;
  }
  arrive(route);
  const loading = setTimeout(
    () => container.replaceChildren(skeleton(route.shape ?? 'panels')),
    shownBefore ? LOADING_AFTER_MILLISECONDS : 0,
  );
  // The load of a page need not end when the page is left: an import cannot be stopped.
  signal.addEventListener('abort', () => clearTimeout(loading), { once: true });
  container.setAttribute('aria-busy', 'true');
  /** @type {Page} */
  let page;
  try {
    if (route.needs && !session.hasRole(route.needs)) page = notAllowed(route.needs);
    else {
      const view = await viewOf(route, signal);
      if (signal.aborted) return;
      page = await view.render({
        parameters,
        query: new URLSearchParams(search),
        fragment: new URLSearchParams(location.hash.slice(1)),
        signal,
        entry: current,
        returning,
      });
    }
  } catch (error) {
    if (isAbort(error)) return;
    // A page that could not be reached is asked for again when the network is back.
    if (error instanceof Unreachable) window.addEventListener('online', show, { once: true, signal });
    page = failed(error);
  } finally {
    clearTimeout(loading);
  }
  if (!signal.aborted) put(page, returning);
}

/**
 * @param {Route} route
 * @param {AbortSignal} signal
 */
function viewOf({ view = { render: notFound }, load }, signal) {
  return load === undefined ? view : loaded(load, signal);
}

/** @param {Route} route */
function arrive(route) {
  arrival = route;
  arrivals.tell(route);
}

/**
 * @param {Page} page
 * @param {boolean} returning
 */
function put({ title, node }, returning) {
  document.title = TEXTS.onsale(title);
  container.removeAttribute('aria-busy');
  container.replaceChildren(node);
  const heading = container.querySelector('h1');
  heading?.setAttribute('tabindex', '-1');
  // A reader starts the first page at its top. Later the focus on the heading tells that the page has changed.
  if (shownBefore && !container.contains(document.activeElement)) heading?.focus({ preventScroll: true });
  window.scrollTo(0, (returning && entry !== null && scrolls.get(entry)) || 0);
  shownBefore = true;
}

/** Names the current entry of the history, so that Back finds its scroll position. */
function enter() {
  if (entry !== null) scrolls.set(entry, window.scrollY);
  /** @type {string | undefined} */
  const known = history.state?.entry;
  entries += 1;
  const current = known ?? `${Date.now()}.${entries}`;
  entry = current;
  if (!known) history.replaceState({ entry }, '');
  return { current, returning: known !== undefined };
}

/**
 * @param {string} path
 * @returns {{ route: Route, parameters: Record<string, string> }}
 */
function matched(path) {
  const given = path.split('/');
  for (const route of routes) {
    if (route.segments.length !== given.length) continue;
    /** @type {Record<string, string>} */
    const parameters = {};
    const fits = route.segments.every((segment, index) => {
      if (!segment.startsWith(':')) return segment === given[index];
      parameters[segment.slice(1)] = decoded(given[index] ?? '');
      return parameters[segment.slice(1)] !== '';
    });
    if (fits) return { route, parameters };
  }
  return { route: { path }, parameters: {} };
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function notFound() {
  return message(TEXTS.pageNotFound, TEXTS.thisPageDoesntExistThe, toEvents());
}

/** @param {Api.Role} needs */
function notAllowed(needs) {
  const whose = needs === 'ADMIN' ? 'administrators' : 'organizers';
  return message(TEXTS.youDontHaveAccess, TEXTS.thisPageIsFor(whose), toEvents());
}

function toEvents() {
  return element('a', { class: 'button button-primary', href: '/events' }, TEXTS.browseEvents);
}

/** @param {unknown} error */
function failed(error) {
  if (error instanceof NotLoaded) {
    const text = TEXTS.thisPageCouldNotBe;
    return message(
      TEXTS.somethingWentWrong,
      text,
      tryAgain(() => location.reload()),
    );
  }
  if (error instanceof Problem && error.status === 404)
    return message(TEXTS.pageNotFound, sentenceOf(error), toEvents());
  return message(TEXTS.somethingWentWrong, sentenceOf(error), tryAgain(show));
}

/** @param {() => void} onclick */
function tryAgain(onclick) {
  return element('button', { type: 'button', class: 'button button-primary', onclick }, TEXTS.tryAgain);
}

/**
 * @param {string} title
 * @param {string} text
 * @param {HTMLElement} way the link or button to go on with
 */
function message(title, text, way) {
  const node = element(
    'section',
    { class: 'panel panel-narrow' },
    element('h1', {}, title),
    element('p', {}, text),
    way,
  );
  return { title, node };
}
