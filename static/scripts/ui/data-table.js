import { element } from './dom.js';

/**
 * A table whose rows become cards where it is narrow: `{ node, body, row(item) }`. A column is `{ label, cell(item) }`,
 * where `cell` gives text or nodes; the first column names the row. A column without a `label` needs a `purpose`; `kind` is a class of its cells.
 */
export function dataTable({ caption, columns }) {
  const body = element('tbody', { role: 'rowgroup' });
  // The roles are said again, because cards are not laid out as a table and would lose them.
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
