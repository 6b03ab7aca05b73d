// The table of an event's attendees.

import { dataTable } from '../../ui/data-table.js';
import { element } from '../../ui/dom.js';
import { placeBadge } from '../../ui/seats.js';
import { isolated } from '../../words/bidi.js';
import { amountWords } from '../../words/money.js';
import { counted } from '../../words/numbers.js';
import { dateAndTime } from '../../words/times.js';
import { actionsOf, arrivedWords, historyWords, moneyWords, splitWords } from './attendee-words.js';
import { isSimple } from './tickets/sheet.js';

/** @import { Column } from '../../ui/data-table.js' */
/** @import { AttendeeAction } from './attendee-words.js' */

const TEXTS = Object.freeze({
  markAsPaid: 'Mark as paid…',
  notPaid: 'Not paid…',
  remove: 'Remove…',
  name: 'Name',
  actions: 'Actions',
  attendeesInTheOrderOf: 'Attendees, in the order of booking',
  status: 'Status',
  position: 'Position',
  booked: 'Booked',
  history: 'History',
  amount: 'Amount',
  /** @param {string} number */
  onTheWaitlist: (number) => `${number} on the waitlist`,
  tickets: 'Tickets',
  /** @param {string[]} names */
  comeWithThem: (names) => `Tickets of ${names.map(isolated).join(', ')}`,
  /** @param {string} position */
  no: (position) => `No.\u00a0${position}`,
});

/** @type {Record<AttendeeAction, [label: string, look: string]>} */
const ACTIONS = {
  pay: [TEXTS.markAsPaid, ''],
  unpay: [TEXTS.notPaid, ''],
  remove: [TEXTS.remove, ' button-quiet-danger'],
};

/**
 * Simple events have no columns about tickets and money.
 * @param {Api.Event} event
 * @param {{ isOn: () => boolean, onAction: (action: AttendeeAction, attendee: Api.Attendee) => void }} options `isOn` says
 *   whether the event is neither cancelled nor over
 */
export function attendeeTable(event, { isOn, onAction }) {
  const { time_zone: zone, currency } = event;
  /** @type {Column<Api.Attendee>[]} */
  const columns = [
    {
      label: TEXTS.name,
      cell: ({ name, email, ticket_names: names }) => [
        element('span', { class: 'cell-main', dir: 'auto' }, name),
        element('span', { class: 'cell-second' }, email),
        names.length > 0 && element('span', { class: 'cell-second', dir: 'auto' }, TEXTS.comeWithThem(names)),
      ],
    },
    ...(isSimple(event) ? simpleColumns(zone) : ticketColumns(zone, currency)),
    {
      purpose: TEXTS.actions,
      cell(one) {
        const actions = actionsOf(one, { isOn: isOn() });
        return actions.length === 0
          ? null
          : element(
              'div',
              { class: 'row-actions' },
              actions.map((action) => button(action, one)),
            );
      },
    },
  ];

  /**
   * @param {AttendeeAction} action
   * @param {Api.Attendee} attendee
   */
  function button(action, attendee) {
    const [label, look] = ACTIONS[action];
    return element(
      'button',
      { type: 'button', class: `button button-small${look}`, onclick: () => onAction(action, attendee) },
      label,
      element('span', { class: 'visually-hidden' }, ` ${attendee.name}`),
    );
  }

  return dataTable({ caption: TEXTS.attendeesInTheOrderOf, columns });
}

/**
 * @param {string} zone the event's
 * @returns {Column<Api.Attendee>[]}
 */
function simpleColumns(zone) {
  return [
    { label: TEXTS.status, cell: (one) => [placeBadge(one), arrived(one)] },
    { label: TEXTS.position, cell: ({ position }) => (position ? numberWords(position) : null) },
    { label: TEXTS.booked, kind: 'cell-time', cell: ({ registered_at: at }) => dateAndTime(at, zone) },
    { label: TEXTS.history, kind: 'cell-time', cell: (one) => historyWords(one, zone) },
  ];
}

/**
 * There is more to tell, so what belongs together shares a column.
 * @param {string} zone the event's
 * @param {string | null} currency
 * @returns {Column<Api.Attendee>[]}
 */
function ticketColumns(zone, currency) {
  /** @type {Column<Api.Attendee>} */
  const amounts = {
    label: TEXTS.amount,
    kind: 'cell-wrap',
    cell: (one) => [plain(amountWords(one.amount, one.currency)), moneyWords(one, zone).map(second)],
  };
  return [
    {
      label: TEXTS.status,
      cell: (one) => [
        placeBadge(one),
        arrived(one),
        one.position ? second(TEXTS.onTheWaitlist(numberWords(one.position))) : null,
      ],
    },
    { label: TEXTS.tickets, kind: 'cell-wrap', cell: (one) => [plain(one.ticket_type_name), second(splitWords(one))] },
    ...(currency === null ? [] : [amounts]),
    {
      label: TEXTS.booked,
      kind: 'cell-wrap',
      cell(one) {
        const history = historyWords(one, zone);
        return [plain(dateAndTime(one.registered_at, zone)), history === null ? null : second(history)];
      },
    },
  ];
}

/** @param {Api.Attendee} attendee */
function arrived(attendee) {
  const words = arrivedWords(attendee);
  return words === null ? null : second(words);
}

/** @param {number} position */
function numberWords(position) {
  return TEXTS.no(counted(position));
}

/** @param {string} words */
function plain(words) {
  return element('span', { class: 'cell-plain', dir: 'auto' }, words);
}

/** @param {string} words */
function second(words) {
  return element('span', { class: 'cell-second', dir: 'auto' }, words);
}
