// Keeps the shown events up to date. A stream that all tabs share brings their numbers. Polling brings the rest: drafts,
// and all events where the browser or the network lets no stream through.

import { repeat } from '../browser/polling.js';
import { afterPress } from '../browser/pressing.js';
import * as api from './api.js';
import { isAbort, Problem } from './failures.js';
import { withNumbers } from './live-numbers.js';
import { canShare, listen, show } from './live-tabs.js';

const EVERY_MILLISECONDS = 2000;
const LOOK_MILLISECONDS = 250;
// A server's answer may be this old.
const ANSWER_AGE_MILLISECONDS = 250;
// All readers learn of an edit at the same moment. Their requests are spread over this time.
const SPREAD_MILLISECONDS = 400;
// Without an answer for this long, what is shown may be old.
const SLOW_MILLISECONDS = 4000;
const PAGE_EVENTS = 20;
const PAGE_EVENTS_MAX = 100;
const PAGES_MAX = 3;

/**
 * The state of an event that a view takes: all of it, or its numbers alone.
 * @typedef {Partial<Api.Event> & { id: string }} EventNews
 *
 * @typedef {object} Watch
 * @property {() => Iterable<string>} ids the events to watch, asked again each time
 * @property {(event: EventNews) => void} onEvent called with the newest state of one of them, and never during a press
 * @property {(reached: boolean) => void} [onConnection] called with whether the server could be reached: if not, what is
 *   shown may be old
 * @property {EventCriteria} [criteria] the search that found the events, if one did
 */

/** @import { EventCriteria } from './api.js' */
/** @import { ReadEvent } from './live-numbers.js' */

/** @type {Set<{ ids: Watch['ids'], onNews(id: string): void, onDead(): void, look(): void }>} */
const watchers = new Set();
/** The stream's last word on each event that this tab shows. @type {Map<string, Api.LiveEvent>} */
const streamed = new Map();
/** The events that the stream may not tell of. @type {Set<string>} */
const hidden = new Set();

/**
 * Watches events until `signal` aborts. A view passes each answer about a watched event through `take`, because an answer
 * from a cache or from a slow connection may be older than what the stream has already told.
 * @param {Watch} watch
 * @param {AbortSignal} signal
 */
export function watchEvents({ ids, onEvent, onConnection = () => {}, criteria = {} }, signal) {
  /** Each event as it was read last, whole: the stream has its numbers only. @type {Map<string, ReadEvent>} */
  const whole = new Map();
  /** @type {Set<string>} */
  let incomplete = new Set();
  /** @type {number | null} */
  let completing = null;
  // The stream gets a moment for new events: only those that it also lacked the last time are polled.
  /** @type {Set<string>} */
  let overdue = new Set();

  /** @param {ReadEvent} event */
  function take(event) {
    const known = whole.get(event.id);
    if (known !== undefined && known.edit_version > event.edit_version) return;
    whole.set(event.id, event);
    tell(event);
  }

  /** @param {ReadEvent} event */
  function tell(event) {
    const news = withNumbers(event, streamed.get(event.id));
    afterPress(() => {
      if (!signal.aborted) onEvent(news);
    });
  }

  /** @param {string} id */
  function isComplete(id) {
    const numbers = streamed.get(id);
    return numbers === undefined || (whole.get(id)?.edit_version ?? -1) >= numbers.edit_version;
  }

  /** @param {string} id */
  function update(id) {
    const event = whole.get(id);
    onConnection(true);
    if (event !== undefined) tell(event);
    if (isComplete(id)) return;
    incomplete.add(id);
    const pause = event === undefined ? 0 : ANSWER_AGE_MILLISECONDS + Math.random() * SPREAD_MILLISECONDS;
    completing ??= setTimeout(complete, pause);
  }

  async function complete() {
    const wanted = [...incomplete];
    incomplete = new Set();
    try {
      await read(new Set(wanted));
    } catch {
      // The events stay incomplete and are read again below.
    }
    completing = null;
    if (signal.aborted) return;
    // New events need not wait. Those that failed, or were read too early, do.
    const pause = [...incomplete].some((id) => !wanted.includes(id)) ? 0 : EVERY_MILLISECONDS;
    for (const id of wanted) if (!isComplete(id)) incomplete.add(id);
    if (incomplete.size > 0) completing = setTimeout(complete, pause);
  }

  /** @param {Set<string>} wanted */
  async function read(wanted) {
    const [one, ...others] = wanted;
    if (one !== undefined && others.length === 0) take((await api.event(one, signal)).event);
    else await readMany(wanted, criteria, take, signal);
  }

  async function askAgain() {
    const missing = [...ids()].filter((id) => !streamed.has(id));
    const due = missing.filter((id) => overdue.has(id) || hidden.has(id) || !canShare());
    overdue = new Set(missing);
    // Without events nothing is asked, and nothing is old.
    if ([...ids()].length === 0) onConnection(true);
    if (due.length === 0) return;
    const slow = setTimeout(() => onConnection(false), SLOW_MILLISECONDS);
    try {
      await read(new Set(due));
      onConnection(true);
    } catch (error) {
      if (!isAbort(error)) onConnection(error instanceof Problem && error.status < 500);
      throw error;
    } finally {
      clearTimeout(slow);
    }
  }

  const watcher = {
    ids,
    /** @param {string} id */
    onNews(id) {
      if ([...ids()].includes(id)) update(id);
    },
    onDead() {
      overdue = new Set(ids());
      // Without events there are no numbers that could be old.
      if (overdue.size > 0) onConnection(false);
    },
    look() {
      for (const id of ids()) if (!isComplete(id) && completing === null) update(id);
    },
  };
  watchers.add(watcher);
  signal.addEventListener(
    'abort',
    () => {
      watchers.delete(watcher);
      if (completing !== null) clearTimeout(completing);
    },
    { once: true },
  );
  setTimeout(look);
  repeat(EVERY_MILLISECONDS, askAgain, signal);

  return {
    take,
    /**
     * Reads an event that has probably changed. If that fails, the next poll reads it.
     * @param {string} id
     */
    readAgain(id) {
      read(new Set([id])).catch(() => {});
    },
  };
}

/**
 * @param {Set<string>} wanted
 * @param {EventCriteria} criteria
 * @param {(event: ReadEvent) => void} onEvent
 * @param {AbortSignal} signal
 */
async function readMany(wanted, criteria, onEvent, signal) {
  // Whole pages, like those of the list: without a search all readers send the same requests, and the server answers from
  // its cache.
  const limit = Math.min(PAGE_EVENTS_MAX, Math.ceil(wanted.size / PAGE_EVENTS) * PAGE_EVENTS);
  /** @type {string | null} */
  let cursor = null;
  for (let page = 0; page < PAGES_MAX && wanted.size > 0; page += 1) {
    /** @type {Api.EventSummaryPage} */
    const { items, next_cursor: next } = await api.events({ ...criteria, cursor, limit }, signal);
    for (const event of items) if (wanted.delete(event.id)) onEvent(event);
    cursor = next;
    if (!next) break;
  }
  // Events that have left the list were cancelled or are over. That is rare, so reading one of them each time is enough.
  const missing = [...wanted][Math.floor(Math.random() * wanted.size)];
  if (missing !== undefined) onEvent((await api.event(missing, signal)).event);
}

function tellDead() {
  for (const watcher of watchers) watcher.onDead();
}

/** Tells the shared stream which events this tab shows, and brings new watchers up to date. */
function look() {
  const all = new Set(document.hidden ? [] : [...watchers].flatMap(({ ids }) => [...ids()]));
  for (const known of [streamed, hidden]) for (const id of known.keys()) if (!all.has(id)) known.delete(id);
  show([...all]);
  for (const watcher of watchers) watcher.look();
}

listen({
  onNews(name, data) {
    if (name === 'gone' || !('last_decision' in data)) {
      hidden.add(data.id);
      return;
    }
    hidden.delete(data.id);
    streamed.set(data.id, data);
    for (const watcher of watchers) watcher.onNews(data.id);
  },
  onLost(end) {
    streamed.clear();
    hidden.clear();
    if (end === 'dead') tellDead();
  },
});
// Also without a stream the browser knows when it has lost the network.
window.addEventListener('offline', tellDead);
document.addEventListener('visibilitychange', look);
window.addEventListener('pagehide', () => show([]));
setInterval(look, LOOK_MILLISECONDS);
