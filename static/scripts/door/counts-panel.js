import { element, setShown, setText } from '../ui/dom.js';
import { counted } from '../words/numbers.js';
import { timeOfDay } from '../words/times.js';

/** @import { GateState } from './gate.js' */

const TEXTS = Object.freeze({
  title: 'In so far',
  types: 'Ticket types',
  gates: 'Gates',
  of: (/** @type {number} */ admitted, /** @type {number} */ tickets) => `${counted(admitted)} of ${counted(tickets)}`,
  asOf: (/** @type {string} */ time) => `As of ${time}.`,
  doubles: (/** @type {number} */ count) => `${counted(count)} let in twice or without a valid ticket.`,
});

/**
 * The counts of each type and gate.
 * @param {string} zone
 */
export function countsPanel(zone) {
  const whole = element('p', { class: 'counts-whole' });
  const types = element('dl', { class: 'counts' });
  const gates = element('dl', { class: 'counts' });
  const gatesTitle = element('h3', {}, TEXTS.gates);
  const doubles = element('p', { class: 'counts-doubles', hidden: true });
  const old = element('p', { class: 'hint', hidden: true });
  const node = element(
    'section',
    { class: 'door-panel', hidden: true },
    element('h2', {}, TEXTS.title),
    whole,
    element('h3', { class: 'visually-hidden' }, TEXTS.types),
    types,
    gatesTitle,
    gates,
    doubles,
    old,
  );

  /** @param {GateState} state */
  function show({ door, doorAt, isAlone, hold }) {
    setShown(node, door !== null);
    if (door === null) return;
    const sum = (/** @type {number[]} */ all) => all.reduce((one, other) => one + other, 0);
    const admitted = sum(door.ticket_types.map((type) => type.admitted));
    const tickets = sum(door.ticket_types.map((type) => type.tickets));
    setText(whole, TEXTS.of(admitted, tickets));
    rows(
      types,
      door.ticket_types.map((type) => [type.name, TEXTS.of(type.admitted, type.tickets)]),
    );
    rows(
      gates,
      door.gates.map(({ gate, admitted: count }) => [gate, counted(count)]),
    );
    setShown(gatesTitle, door.gates.length > 0);
    setShown(doubles, door.doubles > 0);
    setText(doubles, TEXTS.doubles(door.doubles));
    setShown(old, isAlone || hold !== null);
    setText(old, TEXTS.asOf(timeOfDay(new Date(doorAt).toISOString(), zone)));
  }

  return { node, show };
}

/**
 * Rows that stay are not made anew, so that a selection in them stays too.
 * @param {HTMLElement} list
 * @param {[name: string, value: string][]} wanted
 */
function rows(list, wanted) {
  while (list.children.length > wanted.length) list.lastElementChild?.remove();
  for (const [at, [name, value]] of wanted.entries()) {
    const row = list.children[at] ?? list.appendChild(element('div', {}, element('dt'), element('dd')));
    const [term, count] = row.children;
    if (term !== undefined) setText(term, name);
    if (count !== undefined) setText(count, value);
  }
}
