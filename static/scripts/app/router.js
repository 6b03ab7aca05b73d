// Which view is shown, by the address after `#`. A view's `render` gives `{ title, node }`, at once or later; its
// `signal` ends when the view is left, and with it all that the view started.

import { element } from '../ui/dom.js';
import { isAbort, Problem } from '../server/failures.js';
import { listenerList } from '../browser/listeners.js';
import { currentPath, go, leave, onRename, onVisit, signInAddress } from '../browser/navigation.js';
import { sentenceOf } from '../words/problems.js';
import * as session from '../server/session.js';
import { skeleton } from '../ui/skeletons.js';

const LOADING_AFTER_MILLISECONDS = 150;

const scrolls = new Map();
const arrivals = listenerList();
let routes = [];
let container = null;
let leaving = new AbortController();
let entry = null;
let entries = 0;
let shownBefore = false;
let arrival = null;

/** Shows what the address names, in `into`, and follows it from now on. */
export function start(table, into) {
  routes = table.map((route) => ({ ...route, segments: route.path.split('/') }));
  container = into;
  history.scrollRestoration = 'manual';
  onVisit(show);
  onRename(() => arrive(arrival));
  show();
}

/** Calls `listener` with the route whenever a page is about to be shown, or its address has changed. */
export function onArrival(listener) {
  arrivals.add(listener);
}

async function show() {
  // An address that is a place on the page is the browser's business.
  if (location.hash !== '' && !location.hash.startsWith('#/')) return;
  leaving.abort();
  leave();
  leaving = new AbortController();
  const { signal } = leaving;
  const returning = enter();
  const [path, search = ''] = currentPath().split('?', 2);
  const { route, parameters } = matched(path);
  if (route.needs && session.user() === null) {
    go(signInAddress(), { replace: true });
    return;
  }
  arrive(route);
  const loading = setTimeout(
    () => container.replaceChildren(skeleton(route.shape)),
    shownBefore ? LOADING_AFTER_MILLISECONDS : 0,
  );
  container.setAttribute('aria-busy', 'true');
  let page;
  try {
    if (route.needs && !session.hasRole(route.needs)) page = notAllowed(route);
    else page = await route.view.render({ parameters, query: new URLSearchParams(search), signal, entry, returning });
  } catch (error) {
    if (isAbort(error)) return;
    page = failed(error);
  } finally {
    clearTimeout(loading);
  }
  if (!signal.aborted) put(page, returning);
}

function arrive(route) {
  arrival = route;
  arrivals.tell(route);
}

function put({ title, node }, returning) {
  document.title = `${title} · Onsale`;
  container.removeAttribute('aria-busy');
  container.replaceChildren(node);
  const heading = container.querySelector('h1');
  heading?.setAttribute('tabindex', '-1');
  // On the first page the reader starts at its top; after that the heading says that the page has changed.
  if (shownBefore && !container.contains(document.activeElement)) heading?.focus({ preventScroll: true });
  window.scrollTo(0, returning ? (scrolls.get(entry) ?? 0) : 0);
  shownBefore = true;
}

// Marks the present entry of the history; gives whether it had been shown before, so that Back finds its place.
function enter() {
  if (entry !== null) scrolls.set(entry, window.scrollY);
  const known = history.state?.entry;
  entries += 1;
  entry = known ?? `${Date.now()}.${entries}`;
  if (!known) history.replaceState({ entry }, '');
  return known !== undefined;
}

function matched(path) {
  const given = path.split('/');
  for (const route of routes) {
    if (route.segments.length !== given.length) continue;
    const parameters = {};
    const fits = route.segments.every((segment, index) => {
      if (!segment.startsWith(':')) return segment === given[index];
      parameters[segment.slice(1)] = decoded(given[index]);
      return parameters[segment.slice(1)] !== '';
    });
    if (fits) return { route, parameters };
  }
  return { route: { view: { render: () => notFound() } }, parameters: {} };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function notFound() {
  return message(
    'Nothing here',
    'This page does not exist.',
    element('a', { class: 'button', href: '#/events' }, 'To the events'),
  );
}

function notAllowed({ needs }) {
  const whose = needs === 'ADMIN' ? 'administrators' : 'organizers';
  return message(
    'Not for this account',
    `This page is for ${whose}.`,
    element('a', { class: 'button', href: '#/events' }, 'To the events'),
  );
}

function failed(error) {
  const missing = error instanceof Problem && error.status === 404;
  const way = missing
    ? element('a', { class: 'button', href: '#/events' }, 'To the events')
    : element('button', { type: 'button', class: 'button', onclick: () => show() }, 'Try again');
  return message(missing ? 'Not found' : 'This did not work', sentenceOf(error), way);
}

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
