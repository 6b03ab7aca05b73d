// The bookings whose tickets are kept in this browser, in place of all bookings while the server cannot be reached.

import { address, show } from '../../browser/navigation.js';
import { element } from '../../ui/dom.js';
import { dateStub } from '../../ui/event-card.js';
import { icon } from '../../ui/icons.js';
import { countOf } from '../../words/numbers.js';
import { timeSpan, zoneName } from '../../words/times.js';

/** @import { Page } from '../../browser/navigation.js' */
/** @import { KeptTickets } from '../../server/kept-tickets.js' */

const TEXTS = Object.freeze({
  myTickets: 'My tickets',
  noConnection: 'No connection to the server. These tickets were shown on this device before.',
  tryAgain: 'Try again',
  showTickets: 'Show tickets',
});

/**
 * The page. It is shown again when the network is back.
 * @param {KeptTickets[]} kept
 * @param {AbortSignal} signal
 * @returns {Page}
 */
export function keptList(kept, signal) {
  window.addEventListener('online', show, { once: true, signal });
  const node = element(
    'section',
    { class: 'page' },
    element(
      'div',
      { class: 'page-head' },
      element('h1', {}, TEXTS.myTickets),
      element('button', { type: 'button', class: 'button', onclick: show }, icon('refresh'), TEXTS.tryAgain),
    ),
    element('p', { class: 'notice', role: 'status' }, TEXTS.noConnection),
    element('ul', { class: 'cards' }, kept.map(card)),
  );
  return { title: TEXTS.myTickets, node };
}

/** @param {KeptTickets} kept */
function card({ answer: { event, registration_id: id, tickets } }) {
  const { starts_at: start, ends_at: end, time_zone: zone } = event;
  const stub = dateStub();
  stub.update(event);
  return element(
    'li',
    { class: 'card' },
    stub.node,
    element(
      'div',
      { class: 'card-body' },
      element('div', { class: 'card-head' }, element('h2', { class: 'card-title', dir: 'auto' }, event.title)),
      element('p', { class: 'card-line' }, icon('ticket'), countOf(tickets.length, 'ticket')),
      element('p', { class: 'card-line' }, icon('clock'), `${timeSpan(start, end, zone)}, ${zoneName(zone, start)}`),
      element('p', { class: 'card-line' }, icon('pin'), element('bdi', {}, event.location)),
      element(
        'div',
        { class: 'actions' },
        element(
          'a',
          { class: 'button button-small button-primary', href: address('tickets', event.id, id) },
          TEXTS.showTickets,
        ),
      ),
    ),
  );
}
