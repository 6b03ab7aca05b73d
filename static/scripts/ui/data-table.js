import { element } from './dom.js';

/** @import { Child } from './dom.js' */

/**
 * @template Item
 * @typedef {object} Column
 * @property {string} [label]
 * @property {string} [purpose] the label for screen readers, of a column without a `label`
 * @property {string} [kind] a class of its cells
 * @property {(item: Item) => Child} cell
 */

/**
 * A table whose rows become cards on narrow screens. The first column names the row.
 * @template Item
 * @param {{ caption: string, columns: Column<Item>[] }} options
 */
export function dataTable({ caption, columns }) {
  const body = element('tbody', { role: 'rowgroup' });
  // The roles are explicit, because cards are not laid out as a table and would lose them.
  const node = element(
    'table',
    { class: 'table', role: 'table' },
    element('caption', { class: 'visually-hidden' }, caption),
    element(
      'thead',
      { role: 'rowgroup' },
      element(
        'tr',
        { role: 'row' },
        columns.map(({ label, purpose }) =>
          element(
            'th',
            { scope: 'col', role: 'columnheader' },
            label ?? element('span', { class: 'visually-hidden' }, purpose),
          ),
        ),
      ),
    ),
    body,
  );

  /** @param {Item} item */
  function row(item) {
    const cells = columns.map(({ label, cell, kind }, index) =>
      index === 0
        ? element('th', { scope: 'row', role: 'rowheader' }, cell(item))
        : element('td', { role: 'cell', class: kind, 'data-label': label }, element('div', {}, cell(item))),
    );
    return element('tr', { role: 'row' }, cells);
  }

  return { node, body, row };
}
