// The signed-in user's own registration for one event.

import * as api from '../server/api.js';

const PAGES_MAX = 50;

/** The registration that stands (confirmed or waiting), or null. */
export async function ownPlace(eventId, signal) {
  let cursor = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { items, next_cursor: next } = await api.ownRegistrations({ cursor }, signal);
    const found = items.find((one) => one.event_id === eventId && one.status !== 'CANCELLED');
    if (found) return found;
    if (!next) return null;
    cursor = next;
  }
  return null;
}
