import { serverNow } from '../server/clock.js';
import { element, setShown, setText } from './dom.js';
import { countOf, counted } from '../words/numbers.js';
import { saleOf } from '../words/sales.js';

const LOW_SHARE = 0.15;

/** An event's seats as a bar with words: `{ node, update(event) }`. */
export function seatMeter() {
  const fill = element('span', { class: 'seat-bar-fill' });
  const bar = element('span', { class: 'seat-bar', 'aria-hidden': 'true' }, fill);
  const left = element('span', { class: 'seats-left' });
  const waiting = element('span', { class: 'seats-waiting' });
  const node = element('div', { class: 'seats' }, bar, element('p', { class: 'seats-words' }, left, waiting));

  function update(event) {
    const share = event.capacity === 0 ? 0 : event.seats_remaining / event.capacity;
    fill.style.setProperty('--share', String(share));
    bar.classList.toggle('is-low', share > 0 && share <= LOW_SHARE);
    setText(left, leftWords(event));
    setText(waiting, event.waiting > 0 ? `${counted(event.waiting)} waiting` : '');
    setShown(waiting, event.waiting > 0);
  }

  return { node, update };
}

function leftWords({ capacity, seats_remaining: free }) {
  if (capacity === 0) return 'No seats yet';
  return free === 0 ? `No seats left of ${counted(capacity)}` : `${counted(free)} of ${countOf(capacity, 'seat')} left`;
}

/** How full an event is, as a bar with words: `{ node, update(event) }`. */
export function fillMeter() {
  const fill = element('span', { class: 'seat-bar-fill' });
  const bar = element('span', { class: 'seat-bar seat-bar-large', role: 'meter', 'aria-label': 'Fill rate' }, fill);
  const rate = element('strong');
  const taken = element('span', { class: 'soft' });
  const words = element('p', { class: 'fill-words' }, rate, ' ', taken);
  const node = element('div', { class: 'seats' }, words, bar);
  return {
    node,
    update({ capacity, confirmed }) {
      const share = capacity === 0 ? null : confirmed / capacity;
      // Rounded down: it is full when the last seat is taken, not before.
      const percent = share === null ? null : Math.floor(share * 100);
      fill.style.setProperty('--share', String(share ?? 0));
      bar.setAttribute('aria-valuenow', String(percent ?? 0));
      setText(rate, percent === null ? 'No seats yet' : `${percent}% full`);
      setText(taken, percent === null ? '' : `${counted(confirmed)} of ${countOf(capacity, 'seat')} taken`);
      bar.setAttribute('aria-valuetext', words.textContent);
    },
  };
}

/** Where an event's sale stands, as a small label: `{ node, update(event) }`. */
export function saleBadge() {
  const node = element('span');
  return {
    node,
    update(event) {
      const { label, tone } = saleOf(event, serverNow());
      node.className = `badge badge-${tone}`;
      setText(node, label);
    },
  };
}

/** How a registration stands, as a small label. */
export function placeBadge({ status }) {
  if (status === 'CANCELLED') return badge('Given up', 'quiet');
  return status === 'CONFIRMED' ? badge('Confirmed', 'good') : badge('In line', 'warm');
}

/** A fixed label of a tone. */
export function badge(label, tone) {
  return element('span', { class: `badge badge-${tone}` }, label);
}
