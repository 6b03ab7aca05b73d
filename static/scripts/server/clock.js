// The server's time, as well as its answers let us know it. A countdown to a sale must not trust a wrong local clock.

// A `Date` header is cut to the second and may have been made up to a second before it was sent.
const HEADER_SPAN_MILLISECONDS = 2000;

let lowest = -Infinity;
let highest = Infinity;

/** Takes the `Date` header of an answer to a request that was sent at `sentAt`, by the local clock. */
export function noteServerTime(header, sentAt) {
  const stated = Date.parse(header ?? '');
  if (Number.isNaN(stated)) return;
  const least = stated - Date.now();
  const most = stated + HEADER_SPAN_MILLISECONDS - sentAt;
  lowest = Math.max(lowest, least);
  highest = Math.min(highest, most);
  if (lowest > highest) {
    // One of the clocks was set meanwhile: only the newest answer counts.
    lowest = least;
    highest = most;
  }
}

/** The server's time in milliseconds. The local clock's where no answer contradicts it. */
export function serverNow() {
  return Date.now() + Math.min(Math.max(0, lowest), highest);
}
