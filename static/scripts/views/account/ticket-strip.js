// The tickets of a booking side by side, one of them in sight: swiped, or stepped through with buttons and arrow keys.

import { serverNow } from '../../server/clock.js';
import { element, setShown, setText, svgElement } from '../../ui/dom.js';
import { icon } from '../../ui/icons.js';
import { bookedByWords, shownName } from '../../words/ticket-names.js';
import { timeSpan, zoneName } from '../../words/times.js';
import { checkedInWords, codeGroups, firstShown, placeWords } from './ticket-words.js';

const TEXTS = Object.freeze({
  tickets: 'Tickets',
  previous: 'Previous ticket',
  next: 'Next ticket',
  qr: 'The ticket’s code as a picture',
});

/**
 * The strip, and its buttons.
 * @param {AbortSignal} signal
 */
export function ticketStrip(signal) {
  let count = 0;
  let current = 0;
  let placed = false;
  /** The place that the strip is on its way to, in pixels. @type {number | null} */
  let target = null;
  const strip = element('ul', { class: 'gate-strip', 'aria-label': TEXTS.tickets });
  const words = element('p', { class: 'gate-place', role: 'status' });
  const previous = step('back', TEXTS.previous, -1);
  const next = step('forth', TEXTS.next, 1);
  const steps = element('div', { class: 'gate-steps' }, previous, words, next);

  /**
   * @param {'back' | 'forth'} iconName
   * @param {string} label
   * @param {number} by
   */
  function step(iconName, label, by) {
    const button = element('button', { type: 'button', class: 'icon-button', 'aria-label': label }, icon(iconName));
    button.addEventListener('click', () => go(current + by));
    return button;
  }

  /**
   * @param {number} index
   * @param {ScrollBehavior} [behavior] by default the style's, which knows whether motion is wanted
   */
  function go(index, behavior = 'auto') {
    const wanted = Math.min(Math.max(index, 0), count - 1);
    target = wanted * strip.clientWidth;
    strip.scrollTo({ left: target, behavior });
    tell(wanted);
  }

  /** @param {number} index of the ticket in sight */
  function tell(index) {
    current = index;
    setText(words, count > 1 ? placeWords(index + 1, count) : '');
    disable(previous, index === 0);
    disable(next, index >= count - 1);
  }

  strip.addEventListener('scroll', () => {
    // On its way it passes other tickets, and a second press must count from where the first one leads.
    if (!placed || strip.clientWidth === 0 || (target !== null && Math.abs(strip.scrollLeft - target) > 1)) return;
    target = null;
    tell(Math.round(strip.scrollLeft / strip.clientWidth));
  });
  for (const touch of ['pointerdown', 'touchstart', 'wheel']) {
    strip.addEventListener(touch, () => (target = null), { passive: true });
  }
  document.addEventListener(
    'keydown',
    (event) => {
      const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
      if (count < 2 || event.defaultPrevented || altKey || ctrlKey || metaKey || shiftKey) return;
      /** @type {Record<string, number>} */
      const targets = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: count - 1 };
      const index = targets[key];
      if (index === undefined) return;
      event.preventDefault();
      go(index);
    },
    { signal },
  );
  // A phone that is turned has tickets of another width.
  const sizes = new ResizeObserver(() => {
    if (strip.clientWidth === 0) return;
    placed = true;
    go(current, 'instant');
  });
  sizes.observe(strip);
  signal.addEventListener('abort', () => sizes.disconnect(), { once: true });

  return {
    strip,
    steps,
    /**
     * Shows these tickets, and the same place as before.
     * @param {Api.BookingTickets} answer
     */
    update(answer) {
      const isFirst = count === 0;
      const { tickets } = answer;
      count = tickets.length;
      strip.replaceChildren(...tickets.map((ticket) => slot(answer, ticket)));
      // Only what can be scrolled has to be reached by Tab.
      if (count > 1) strip.setAttribute('tabindex', '0');
      else strip.removeAttribute('tabindex');
      setShown(steps, count > 1);
      current = isFirst ? firstShown(tickets) : Math.min(current, count - 1);
      if (placed) go(current, 'instant');
      else tell(current);
    },
  };
}

/**
 * @param {Api.BookingTickets} answer
 * @param {Api.Ticket} ticket
 */
function slot({ event, holder, tickets }, { number, name, code, ticket_type: type, qr, checked_in: checkedIn }) {
  const names = { name: holder, ticket_name: name };
  const { title, location, starts_at: start, ends_at: end, time_zone: zone } = event;
  return element(
    'li',
    { class: 'gate-slot' },
    element(
      'div',
      { class: 'gate-ticket' },
      element('h2', { class: 'gate-title', dir: 'auto' }, title),
      element('p', { class: 'gate-when' }, `${timeSpan(start, end, zone)}, ${zoneName(zone, start)}`),
      element('p', { class: 'gate-where' }, element('bdi', {}, location)),
      checkedIn && element('p', { class: 'gate-in' }, checkedInWords(checkedIn, zone, serverNow())),
      svgElement(
        'svg',
        { class: 'gate-qr', viewBox: `0 0 ${qr.size} ${qr.size}`, role: 'img', 'aria-label': TEXTS.qr },
        svgElement('path', { d: qr.path }),
      ),
      element('p', { class: 'gate-symbols' }, symbols(code)),
      element(
        'p',
        { class: 'gate-facts' },
        element('bdi', { class: 'gate-type' }, type.name),
        element('span', {}, placeWords(number, tickets.length)),
      ),
      element('p', { class: 'gate-holder' }, element('bdi', {}, shownName(names))),
      bookedByWords(names) !== '' && element('p', { class: 'soft small' }, bookedByWords(names)),
    ),
  );
}

/**
 * The groups stand apart, and a line ends only between them.
 * @param {string} code
 */
function symbols(code) {
  return codeGroups(code).flatMap((group, index) => [index > 0 && '-', element('span', {}, group)]);
}

/**
 * A button that leads nowhere now keeps the focus.
 * @param {HTMLButtonElement} button
 * @param {boolean} disabled
 */
function disable(button, disabled) {
  if (disabled) button.setAttribute('aria-disabled', 'true');
  else button.removeAttribute('aria-disabled');
}
