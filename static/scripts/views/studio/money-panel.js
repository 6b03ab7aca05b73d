// An event's money and its sale by ticket type. An event has one currency, so its sums never mix any.

import { dataTable } from '../../ui/data-table.js';
import { element, setShown } from '../../ui/dom.js';
import { tile } from '../../ui/tiles.js';
import { amountWords } from '../../words/money.js';
import { counted, countOf } from '../../words/numbers.js';

/** @import { Column } from '../../ui/data-table.js' */

const TEXTS = Object.freeze({
  ticketTypes: 'Ticket types',
  money: 'Money',
  taken: 'Taken',
  heldNotPaid: 'Held, not paid',
  owedBack: 'Owed back',
  ticketType: 'Ticket type',
  seatsTaken: 'Seats taken',
  /** @param {string} confirmed @param {string} capacity */
  of: (confirmed, capacity) => `${confirmed} of ${capacity}`,
  onTheWaitlist: 'On the waitlist',
  /** @param {string} waiting @param {string} seats */
  waitingFor: (waiting, seats) => `${waiting}, for ${seats}`,
  held: 'Held',
  theSaleByTicketType: 'The sale by ticket type',
});

/** @typedef {Api.Analytics['ticket_types'][number]} TypeSales */

/** A panel that simple events do not show. */
export function moneyPanel() {
  const tiles = element('dl', { class: 'tiles amounts' });
  const types = element('div', { class: 'stack' });
  const heading = element('h2', { id: 'money' });
  const node = element('section', { class: 'panel', 'aria-labelledby': 'money', hidden: true }, heading, tiles, types);
  let shown = '';
  return {
    node,
    /**
     * @param {Pick<Api.Analytics, 'currency' | 'money' | 'ticket_types'>} analysis
     * @param {boolean} isSimple
     */
    update({ currency, money, ticket_types: all }, isSimple) {
      setShown(node, !isSimple);
      // The same numbers are not drawn again, so that a selection in them stays.
      const next = JSON.stringify([currency, money, all]);
      if (isSimple || next === shown) return;
      shown = next;
      heading.textContent = currency === null ? TEXTS.ticketTypes : TEXTS.money;
      tiles.replaceChildren(
        ...(currency === null ? [] : moneyTiles(money, currency)).map(([label, words]) => tile(label, words).node),
      );
      setShown(tiles, currency !== null);
      const table = typesTable(currency);
      table.body.append(...all.map(table.row));
      types.replaceChildren(table.node);
    },
  };
}

/**
 * @param {Api.Money} money
 * @param {string} currency
 * @returns {[label: string, words: string][]}
 */
function moneyTiles({ taken, held, owed }, currency) {
  return [
    [TEXTS.taken, amountWords(taken, currency)],
    [TEXTS.heldNotPaid, amountWords(held, currency)],
    [TEXTS.owedBack, amountWords(owed, currency)],
  ];
}

/** @param {string | null} currency */
function typesTable(currency) {
  /** @type {Column<TypeSales>[]} */
  const columns = [
    { label: TEXTS.ticketType, cell: ({ name }) => element('span', { class: 'cell-main', dir: 'auto' }, name) },
    {
      label: TEXTS.seatsTaken,
      cell: ({ confirmed, capacity }) => TEXTS.of(counted(confirmed), counted(capacity)),
    },
    {
      label: TEXTS.onTheWaitlist,
      cell: ({ waiting, seats_wanted: wanted }) =>
        waiting === 0 ? '0' : TEXTS.waitingFor(counted(waiting), countOf(wanted, 'seat')),
    },
  ];
  if (currency !== null) {
    columns.push(
      { label: TEXTS.taken, cell: ({ money }) => amountWords(money.taken, currency) },
      { label: TEXTS.held, cell: ({ money }) => amountWords(money.held, currency) },
      { label: TEXTS.owedBack, cell: ({ money }) => amountWords(money.owed, currency) },
    );
  }
  return dataTable({ caption: TEXTS.theSaleByTicketType, columns });
}
