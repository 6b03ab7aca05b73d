import { serverNow } from '../server/clock.js';
import { counted, countOf } from '../words/numbers.js';
import { statusLabel } from '../words/places.js';
import { saleOf } from '../words/sales.js';
import { element, setChildren, setShown, setText } from './dom.js';

/** @import { SaleFacts } from '../words/sales.js' */

const TEXTS = Object.freeze({
  /** @param {string} waiting */
  onTheWaitlist: (waiting) => `${waiting} on the waitlist`,
  cancelled: 'Cancelled',
  noSeatsYet: 'No seats yet',
  /** @param {string} free @param {string} seats */
  ofAvailable: (free, seats) => `${free} of ${seats} available`,
  fillRate: 'Fill rate',
  /** @param {number} percent */
  full: (percent) => `${percent}% full`,
  /** @param {string} confirmed @param {string} seats */
  ofTaken: (confirmed, seats) => `${confirmed} of ${seats} taken`,
  eventCancelled: 'Event cancelled',
});

/** @typedef {Pick<Api.EventSummary, 'capacity' | 'confirmed' | 'seats_available' | 'waiting' | 'status'>} SeatNumbers */
/** @typedef {Pick<Api.EventSummary, 'status' | 'ticket_types'>} TypeNumbers */

// From this share of free seats down, the bar warns.
const LOW_SHARE = 0.15;

/** An event's seats that whoever comes now can have, as a bar with words. */
export function seatMeter() {
  const fill = element('span', { class: 'seat-bar-fill' });
  const bar = element('span', { class: 'seat-bar', 'aria-hidden': 'true' }, fill);
  const left = element('span', { class: 'seats-left' });
  const waiting = element('span', { class: 'seats-waiting' });
  const node = element('div', { class: 'seats' }, bar, element('p', { class: 'seats-words' }, left, waiting));

  /** @param {SeatNumbers} event */
  function update(event) {
    const open = event.capacity > 0 && event.status !== 'CANCELLED';
    const share = open ? event.seats_available / event.capacity : 0;
    // Setting a property again costs a style, and a list has hundreds of bars.
    if (fill.style.getPropertyValue('--share') !== String(share)) fill.style.setProperty('--share', String(share));
    bar.classList.toggle('is-low', share > 0 && share <= LOW_SHARE);
    setText(left, leftWords(event));
    setText(waiting, event.waiting > 0 ? TEXTS.onTheWaitlist(counted(event.waiting)) : '');
    setShown(waiting, event.waiting > 0);
  }

  return { node, update };
}

/** The seats of each ticket type of an event that has several. */
export function typeMeters() {
  const node = element('ul', { class: 'type-meters' });
  /** @type {Map<number, { node: HTMLElement, name: HTMLElement, left: HTMLElement, waiting: HTMLElement }>} */
  const rows = new Map();

  /** @param {number} number */
  function made(number) {
    const name = element('span', { class: 'type-name' });
    const left = element('span');
    const waiting = element('span', { class: 'seats-waiting' });
    const row = { node: element('li', {}, name, ' ', left, ' ', waiting), name, left, waiting };
    rows.set(number, row);
    return row;
  }

  return {
    node,
    /** @param {TypeNumbers} event */
    update({ status, ticket_types: types }) {
      const shown = types.length > 1 ? types : [];
      setShown(node, shown.length > 0);
      const wanted = shown.map((type) => rows.get(type.number) ?? made(type.number));
      setChildren(
        node,
        wanted.map((row) => row.node),
      );
      for (const [index, type] of shown.entries()) {
        const row = wanted[index];
        if (row === undefined) continue;
        setText(row.name, type.name);
        setText(row.left, leftWords({ ...type, status }));
        setText(row.waiting, type.waiting > 0 ? TEXTS.onTheWaitlist(counted(type.waiting)) : '');
      }
    },
  };
}

/** @param {Pick<SeatNumbers, 'capacity' | 'seats_available' | 'status'>} event */
function leftWords({ capacity, seats_available: free, status }) {
  if (status === 'CANCELLED') return TEXTS.cancelled;
  if (capacity === 0) return TEXTS.noSeatsYet;
  return TEXTS.ofAvailable(counted(free), countOf(capacity, 'seat'));
}

/** An event's fill rate, as a bar with words. */
export function fillMeter() {
  const fill = element('span', { class: 'seat-bar-fill' });
  const bar = element('span', { class: 'seat-bar seat-bar-large', role: 'meter', 'aria-label': TEXTS.fillRate }, fill);
  const rate = element('strong');
  const taken = element('span', { class: 'soft' });
  const words = element('p', { class: 'fill-words' }, rate, ' ', taken);
  const node = element('div', { class: 'seats' }, words, bar);
  return {
    node,
    /** @param {SeatNumbers} event */
    update({ capacity, confirmed }) {
      const share = capacity === 0 ? null : confirmed / capacity;
      // Rounded down: an event is full when its last seat is taken.
      const percent = share === null ? null : Math.floor(share * 100);
      fill.style.setProperty('--share', String(share ?? 0));
      bar.setAttribute('aria-valuenow', String(percent ?? 0));
      setText(rate, percent === null ? TEXTS.noSeatsYet : TEXTS.full(percent));
      setText(taken, percent === null ? '' : TEXTS.ofTaken(counted(confirmed), countOf(capacity, 'seat')));
      bar.setAttribute('aria-valuetext', words.textContent);
    },
  };
}

/** The state of an event's sale, as a small label. */
export function saleBadge() {
  const node = element('span');
  return {
    node,
    /** @param {SaleFacts} event */
    update(event) {
      const { label, tone } = saleOf(event, serverNow());
      node.className = `badge badge-${tone}`;
      setText(node, label);
    },
  };
}

/**
 * A registration's status, as a small label.
 * @param {object} registration
 * @param {Api.RegistrationStatus} registration.status
 * @param {Api.CancellationCause | null} registration.cancellation
 * @param {boolean} registration.event_cancelled
 */
export function placeBadge({ status, cancellation, event_cancelled: eventCancelled }) {
  if (eventCancelled) return badge(TEXTS.eventCancelled, 'bad');
  return badge(...statusLabel({ status, cancellation }));
}

/**
 * A small label that does not change.
 * @param {string} label
 * @param {string} tone
 */
export function badge(label, tone) {
  return element('span', { class: `badge badge-${tone}` }, label);
}
