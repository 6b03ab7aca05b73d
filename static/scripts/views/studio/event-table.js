import { dataTable } from '../../ui/data-table.js';
import { element } from '../../ui/dom.js';
import { saleBadge } from '../../ui/seats.js';
import { counted } from '../../words/numbers.js';
import { clockName, dateAndTime, ownZone, showsTheSame } from '../../words/times.js';

/** @import { Column } from '../../ui/data-table.js' */

const TEXTS = Object.freeze({
  event: 'Event',
  date: 'Date',
  sold: 'Sold',
  waitlist: 'Waitlist',
  status: 'Status',
  events: 'Events',
  /** @param {string} sold @param {string} capacity */
  of: (sold, capacity) => `${sold} of ${capacity}`,
});

/**
 * A table of events, one line each. A phone shows two lines for each. The focus of a row is its link.
 * @param {(event: Api.EventSummary) => string} hrefOf
 */
export function eventTable(hrefOf) {
  /** @type {Column<Api.EventSummary>[]} */
  const columns = [
    { label: TEXTS.event, cell: (event) => nameCell(event, hrefOf(event)) },
    { label: TEXTS.date, kind: 'event-date', cell: dateCell },
    { label: TEXTS.sold, kind: 'event-sold', cell: soldCell },
    { label: TEXTS.waitlist, kind: 'event-waiting', cell: ({ waiting }) => (waiting === 0 ? '' : counted(waiting)) },
    {
      label: TEXTS.status,
      kind: 'event-status',
      cell(event) {
        const badge = saleBadge();
        badge.update(event);
        return badge.node;
      },
    },
  ];
  const table = dataTable({ caption: TEXTS.events, columns });
  table.node.classList.add('event-table');
  return {
    node: table.node,
    body: table.body,
    /** @param {Api.EventSummary} event */
    row(event) {
      const node = table.row(event);
      return { node, focus: node.querySelector('a') ?? node };
    },
  };
}

/**
 * @param {Api.EventSummary} event
 * @param {string} href
 */
function nameCell({ title, location }, href) {
  return [
    element('a', { class: 'cell-main event-link', href, dir: 'auto' }, title),
    // Separates them where they stand on one line, also for screen readers.
    ' ',
    element('span', { class: 'cell-second event-location', dir: 'auto' }, location),
  ];
}

/** @param {Api.EventSummary} event */
function dateCell({ starts_at: start, time_zone: zone }) {
  const elsewhere = !showsTheSame(start, zone, ownZone);
  return [
    element('span', {}, dateAndTime(start, zone)),
    elsewhere && element('span', { class: 'soft' }, ` ${clockName(zone, start)}`),
  ];
}

/** @param {Api.EventSummary} event */
function soldCell({ confirmed: sold, capacity }) {
  const fill = element('span', { class: 'seat-bar-fill' });
  fill.style.setProperty('--share', String(capacity === 0 ? 0 : Math.min(1, sold / capacity)));
  return [
    element('span', {}, TEXTS.of(counted(sold), counted(capacity))),
    element('span', { class: 'seat-bar', 'aria-hidden': 'true' }, fill),
  ];
}
