// The scans that a device keeps until the server has them: their order, and what each of its answers means for them.

/** @import { Answer, Scan } from '../../server/door-types.js' */

/**
 * Keeping a scan: `WAITING` until the server has it, then `SENT`. A scan that the server cannot read is `SET_ASIDE`, so
 * that it does not hold up the others; it stays on the device and in the file.
 * @typedef {'WAITING' | 'SENT' | 'SET_ASIDE'} KeptState
 *
 * @typedef {object} KeptScan
 * @property {number} order grows with each scan of this device
 * @property {string} event_id
 * @property {Scan} scan
 * @property {KeptState} state
 * @property {string} name of the ticket's holder, to be shown
 * @property {string} registration_id
 * @property {number} number
 * @property {Answer | null} answer the server's, when it has the scan
 * @property {{ reason: string, isSent: boolean } | null} undo
 * @property {boolean} isSeen whether a person has looked at what is to settle
 * @property {number} settled_at in milliseconds, when the server had it; 0 before
 */

/** The server takes as many in one request. */
export const BATCH_MAX = 100;

/**
 * The step after a request: `SETTLE` has an answer for each scan; `RETRY` sends the same again later; `HALVE` sends
 * fewer at once, because one of them cannot be read; `SET_ASIDE` takes the only one out; `HOLD` keeps everything until
 * somebody signs in, or may check in again.
 * @typedef {'SETTLE' | 'RETRY' | 'HALVE' | 'SET_ASIDE' | 'HOLD'} Step
 */

const HOLDING = [401, 403, 404];
const UNREADABLE = [400, 413, 415, 422];

/**
 * The scans of the next request, in the order in which they were made.
 * @param {readonly KeptScan[]} kept
 * @param {number} [most]
 */
export function nextBatch(kept, most = BATCH_MAX) {
  const waiting = kept.filter(({ state }) => state === 'WAITING').sort((one, other) => one.order - other.order);
  return waiting.slice(0, Math.min(most, BATCH_MAX));
}

/**
 * The step after an answer of this status to a request of `size` scans. Without an answer the status is null.
 * @param {number | null} status
 * @param {number} size
 * @param {number} [answers] their number, if the request succeeded
 * @returns {Step}
 */
export function stepAfter(status, size, answers = size) {
  if (status === null) return 'RETRY';
  if (status >= 200 && status < 300) return answers === size ? 'SETTLE' : 'RETRY';
  if (HOLDING.includes(status)) return 'HOLD';
  if (UNREADABLE.includes(status)) return size > 1 ? 'HALVE' : 'SET_ASIDE';
  return 'RETRY';
}

/**
 * The scans with their answers.
 * @param {readonly KeptScan[]} batch
 * @param {readonly Answer[]} answers in the same order
 * @param {number} now in milliseconds
 * @returns {KeptScan[]}
 */
export function settled(batch, answers, now) {
  return batch.map((kept, at) => {
    const answer = answers[at];
    if (answer === undefined) return kept;
    return { ...kept, scan: withoutCode(kept.scan), state: 'SENT', answer, settled_at: now };
  });
}

/**
 * A scan that the server has needs its code no more, and a lost device should have no codes of tickets.
 * @param {Scan} scan
 * @returns {Scan}
 */
export function withoutCode({ code: _, ...scan }) {
  return scan;
}

/**
 * A scan that this device has let in by itself. It names the ticket: codes may be renewed before it is sent.
 * @param {Scan} scan
 * @param {{ registration_id: string, number: number }} ticket
 * @returns {Scan}
 */
export function letIn(scan, { registration_id, number }) {
  return { ...withoutCode(scan), registration_id, number, let_in: true };
}

/**
 * Whether a scan has to be looked at by a person: somebody was let in whom the server would not have let in.
 * @param {KeptScan} kept
 */
export function isToSettle({ state, answer, undo, isSeen }) {
  return state === 'SENT' && undo === null && !isSeen && answer !== null && answer.outcome !== 'ADMITTED';
}

/**
 * Whether an undo has still to be sent. Only an admission can be undone.
 * @param {KeptScan} kept
 */
export function isUndoWaiting({ state, answer, undo }) {
  return state === 'SENT' && undo !== null && !undo.isSent && answer?.outcome === 'ADMITTED';
}

/**
 * Whether a scan can be dropped: the server has it, nobody has to look at it, and the list of tickets was read after.
 * @param {KeptScan} kept
 * @param {number} listedAt when the reading of the list began, in milliseconds
 */
export function isDone(kept, listedAt) {
  return kept.state === 'SENT' && !isToSettle(kept) && !isUndoWaiting(kept) && kept.settled_at < listedAt;
}

/**
 * The pause before another try, in milliseconds: longer after each failure, never shorter than the server asks for.
 * @param {number} failures at least 1
 * @param {number | null} retryAfterSeconds
 */
export function pauseAfter(failures, retryAfterSeconds) {
  return Math.max(Math.min(1000 * 2 ** (failures - 1), 30_000), (retryAfterSeconds ?? 0) * 1000);
}

/**
 * The scans as a file for a person or a program, if they cannot be sent from here.
 * @param {readonly KeptScan[]} kept
 */
export function fileOf(kept) {
  const unsent = kept.filter(({ state }) => state !== 'SENT').sort((one, other) => one.order - other.order);
  const events = [...new Set(unsent.map(({ event_id }) => event_id))];
  return events.map((event_id) => ({
    event_id,
    scans: unsent
      .filter((one) => one.event_id === event_id)
      .map(({ scan, name, undo }) => ({ ...scan, name, ...(undo && { undo: undo.reason }) })),
  }));
}
