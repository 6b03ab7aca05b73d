// Keeps what is shown of events up to date. Who calls it does not know how: now by asking again.

import * as api from './api.js';
import { isAbort, Problem } from './http.js';
import { repeat } from './polling.js';

const EVERY_MILLISECONDS = 2000;
const PAGE_EVENTS = 20;
const PAGE_EVENTS_MAX = 100;
const PAGES_MAX = 3;

/**
 * Calls `onEvent` with the newest state of the events that `ids()` names, as it comes in, until `signal` ends it, and
 * `onConnection` with whether the server could be reached. `q` is the search that found the events, if one did.
 */
export function watchEvents({ ids, onEvent, onConnection = () => {}, q = '' }, signal) {
  repeat(
    EVERY_MILLISECONDS,
    async () => {
      const wanted = new Set(ids());
      if (wanted.size === 0) return;
      try {
        if (wanted.size === 1) onEvent((await api.event([...wanted][0], signal)).event);
        else await readMany(wanted, q, onEvent, signal);
        onConnection(true);
      } catch (error) {
        if (!isAbort(error)) onConnection(error instanceof Problem && error.status < 500);
        throw error;
      }
    },
    signal,
  );
}

async function readMany(wanted, q, onEvent, signal) {
  // Whole pages like those that the list is made of, so that all readers ask the same and one answer serves them.
  const limit = Math.min(PAGE_EVENTS_MAX, Math.ceil(wanted.size / PAGE_EVENTS) * PAGE_EVENTS);
  let cursor = null;
  for (let page = 0; page < PAGES_MAX && wanted.size > 0; page += 1) {
    const { items, next_cursor: next } = await api.events({ q, cursor, limit }, signal);
    for (const event of items) if (wanted.delete(event.id)) onEvent(event);
    cursor = next;
    if (!next) break;
  }
  // What is not in the list any more was cancelled or is over. One each time is enough: that happens rarely.
  const missing = [...wanted];
  if (missing.length > 0) onEvent((await api.event(missing[Math.floor(Math.random() * missing.length)], signal)).event);
}
