// The server's time, as precisely as its answers tell it. A countdown to a sale must not trust a wrong local clock.

// A `Date` header has whole seconds, and the server may have made it up to a second before it sent it.
const HEADER_SPAN_MILLISECONDS = 2000;

let lowest = -Infinity;
let highest = Infinity;

/**
 * Learns from the `Date` header of an answer.
 * @param {string | null} header
 * @param {number} sentAt when the request was sent, in milliseconds of the local clock
 */
export function noteServerTime(header, sentAt) {
  const stated = Date.parse(header ?? '');
  if (Number.isNaN(stated)) return;
  const least = stated - Date.now();
  const most = stated + HEADER_SPAN_MILLISECONDS - sentAt;
  lowest = Math.max(lowest, least);
  highest = Math.min(highest, most);
  if (lowest > highest) {
    // One of the clocks was set in the meantime: only the newest answer counts.
    lowest = least;
    highest = most;
  }
}

/** The server's time in milliseconds: the local clock's time unless an answer contradicts it. */
export function serverNow() {
  return Date.now() + Math.min(Math.max(0, lowest), highest);
}
