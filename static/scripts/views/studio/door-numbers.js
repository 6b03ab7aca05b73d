// The panel with an event's door in numbers, and the way to the scanner.

import { serverNow } from '../../server/clock.js';
import { element, setChildren, setShown, setText } from '../../ui/dom.js';
import { icon } from '../../ui/icons.js';
import { tile } from '../../ui/tiles.js';
import { counted } from '../../words/numbers.js';
import { admittedWords, doorStateWords } from './door-words.js';

const TEXTS = Object.freeze({
  heading: 'Door',
  scan: 'Open the scanner',
  draft: 'Tickets are taken once the event is published.',
  types: 'Ticket types',
  gates: 'Gates',
});

/**
 * The panel. A draft has no numbers.
 * @param {string} eventId
 */
export function doorNumbers(eventId) {
  const state = element('p', { class: 'soft' }, TEXTS.draft);
  // The scanner is a page of its own, which the browser loads: the target keeps the router from showing it.
  const scanner = element(
    'a',
    {
      class: 'button button-primary',
      href: `/door?event=${encodeURIComponent(eventId)}`,
      target: '_self',
      hidden: true,
    },
    icon('door'),
    TEXTS.scan,
  );
  const types = element('dl', { class: 'tiles-row' });
  const gates = element('dl', { class: 'tiles-row' });
  const typePart = element('div', { hidden: true }, element('h3', {}, TEXTS.types), types);
  const gatePart = element('div', { hidden: true }, element('h3', {}, TEXTS.gates), gates);
  return {
    node: element(
      'section',
      { class: 'panel', 'aria-labelledby': 'door' },
      element(
        'div',
        { class: 'panel-head' },
        element('div', {}, element('h2', { id: 'door' }, TEXTS.heading), state),
        scanner,
      ),
      typePart,
      gatePart,
    ),
    /** @param {Api.Door} door */
    update(door) {
      setText(state, doorStateWords(door, door.event.time_zone, serverNow()));
      setShown(scanner, door.status !== 'CANCELLED');
      setChildren(
        types,
        door.ticket_types.map(({ name, tickets, admitted }) => tile(name, admittedWords(admitted, tickets)).node),
      );
      setChildren(
        gates,
        door.gates.map(({ gate, admitted }) => tile(gate, counted(admitted)).node),
      );
      setShown(typePart, door.ticket_types.length > 0);
      setShown(gatePart, door.gates.length > 0);
    },
  };
}
