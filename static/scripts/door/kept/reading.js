// Reads an event's list of tickets and keeps it on the device.

import { door as askDoor, doorTickets } from '../../server/door-api.js';
import { user } from '../../server/session.js';
import { listBuilder } from '../rules/list.js';
import { isDone } from '../rules/queue.js';
import { dropScans, keepList, scansOf } from './database.js';

/** @import { KeptList } from './database.js' */

const ANSWER_MILLISECONDS_MAX = 30_000;

/**
 * Reads the whole list, and keeps it. Scans that it tells of are dropped.
 * @param {string} eventId
 * @param {(tickets: number) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<KeptList>}
 */
export async function readList(eventId, onProgress, signal) {
  const listedAt = Date.now();
  const door = await askDoor(eventId, signal, ANSWER_MILLISECONDS_MAX);
  const builder = listBuilder();
  /** @type {string | null} */
  let cursor = null;
  do {
    const page = await doorTickets(eventId, cursor, signal);
    for (const ticket of page.items) builder.add(ticket);
    onProgress(builder.count());
    cursor = page.next_cursor;
  } while (cursor !== null);
  const kept = { event_id: eventId, account: user()?.id ?? '', listed_at: listedAt, door, list: builder.packed() };
  await keepList(kept);
  const scans = await scansOf(eventId);
  await dropScans(scans.filter((scan) => isDone(scan, listedAt)));
  return kept;
}
