// An event's money and its sale by ticket type. An event has one currency, so its sums never mix any.

import { dataTable } from '../../ui/data-table.js';
import { element, setShown } from '../../ui/dom.js';
import { amountWords } from '../../words/money.js';
import { counted } from '../../words/numbers.js';

/** @import { Column } from '../../ui/data-table.js' */

/** @typedef {Api.Analytics['ticket_types'][number]} TypeSales */

/** A panel that simple events do not show. */
export function moneyPanel() {
  const tiles = element('dl', { class: 'tiles' });
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
      heading.textContent = currency === null ? 'Ticket types' : 'Money';
      tiles.replaceChildren(
        ...(currency === null ? [] : moneyTiles(money, currency)).map(([label, words]) =>
          element('div', { class: 'tile' }, element('dt', {}, label), element('dd', { class: 'amount' }, words)),
        ),
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
    ['Taken', amountWords(taken, currency)],
    ['Held, not paid', amountWords(held, currency)],
    ['Owed back', amountWords(owed, currency)],
  ];
}

/** @param {string | null} currency */
function typesTable(currency) {
  /** @type {Column<TypeSales>[]} */
  const columns = [
    { label: 'Ticket type', cell: ({ name }) => element('span', { class: 'cell-main', dir: 'auto' }, name) },
    {
      label: 'Seats taken',
      cell: ({ confirmed, capacity }) => `${counted(confirmed)} of ${counted(capacity)}`,
    },
    {
      label: 'On the waitlist',
      cell: ({ waiting, seats_wanted: wanted }) =>
        waiting === 0 ? '0' : `${counted(waiting)}, for ${counted(wanted)} seat${wanted === 1 ? '' : 's'}`,
    },
  ];
  if (currency !== null) {
    columns.push(
      { label: 'Taken', cell: ({ money }) => amountWords(money.taken, currency) },
      { label: 'Held', cell: ({ money }) => amountWords(money.held, currency) },
      { label: 'Owed back', cell: ({ money }) => amountWords(money.owed, currency) },
    );
  }
  return dataTable({ caption: 'The sale by ticket type', columns });
}
