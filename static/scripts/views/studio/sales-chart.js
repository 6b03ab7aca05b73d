import { dataTable } from '../../ui/data-table.js';
import { element, setShown, setText, svgElement } from '../../ui/dom.js';
import { durationOf } from '../../words/durations.js';
import { counted } from '../../words/numbers.js';
import { dateAndTime, timeSpan } from '../../words/times.js';
import { columnsOf, DEMAND, SERIES } from './booking-columns.js';
import { curveOf } from './sales-curve.js';
import { saleHeight, saleShapes } from './sales-shapes.js';

/** @import { Column } from '../../ui/data-table.js' */
/** @import { BookingColumn, Counts } from './booking-columns.js' */
/** @import { Standing } from './sales-curve.js' */

const TEXTS = Object.freeze({
  seatsSold: 'Seats sold',
  theSaleOverTimeArrow: 'The sale over time: arrow keys go from one interval to the next',
  noBookingsYet: 'No bookings yet.',
  oneBookingCanHaveSeveral: 'One booking can have several seats here. The chart counts bookings, not seats.',
  from: 'From',
  soldByThen: 'Sold by then',
  onTheWaitlistThen: 'On the waitlist then',
  theSaleOverTime: 'The sale over time',
  asATable: 'As a table',
  /** @param {string} capacity */
  of: (capacity) => ` of ${capacity}`,
  /** @param {string} unit @param {string} sold @param {string} ofCapacity @param {string} waiting */
  byThenOnTheWaitlist: (unit, sold, ofCapacity, waiting) =>
    `${unit} by then: ${sold}${ofCapacity}, on the waitlist: ${waiting}.`,
  bookingsWithSeats: 'Bookings with seats',
  /** @param {string} numbers */
  inTotal: (numbers) => `In total: ${numbers}.`,
  noBookings: 'no bookings',
});

const WIDTH_MIN = 240;
const MINUTE_MILLISECONDS = 60_000;

/** A column with the state after it. @typedef {BookingColumn & Standing} Row */

/**
 * A sale over time: seats sold against the capacity, the waitlist and the demand, for pointers and arrow keys, and as a
 * table. It keeps its room before its first analysis, as far as the event tells of it.
 * @param {Api.Event} first
 * @param {{ signal: AbortSignal }} options
 */
export function salesChart(first, { signal }) {
  /** @type {Row[]} */
  let columns = [];
  let zone = 'UTC';
  /** @type {string} */
  let unit = TEXTS.seatsSold;
  /** Null if the curve counts something else. @type {number | null} */
  let capacity = null;
  /** The index of the column that is pointed at. @type {number | null} */
  let current = null;
  let drawn = '';

  const svg = svgElement('svg', {
    class: 'chart',
    role: 'group',
    'aria-label': TEXTS.theSaleOverTimeArrow,
  });
  const readout = element('p', { class: 'chart-readout' });
  const none = element('p', { class: 'empty' }, TEXTS.noBookingsYet);
  const parties = element('p', { class: 'soft small' }, TEXTS.oneBookingCanHaveSeveral);
  /** @type {Column<Row>[]} */
  const cells = [
    { label: TEXTS.from, cell: ({ from }) => dateAndTime(from, zone) },
    ...SERIES.map(({ name, label }) => ({ label, cell: (/** @type {Row} */ column) => counted(column[name]) })),
    { label: TEXTS.soldByThen, cell: ({ sold }) => counted(sold) },
    { label: TEXTS.onTheWaitlistThen, cell: ({ waiting }) => counted(waiting) },
  ];
  const table = dataTable({ caption: TEXTS.theSaleOverTime, columns: cells });
  const details = element('details', { class: 'more-of-it' }, element('summary', {}, TEXTS.asATable), table.node);
  const figure = element('figure', { class: 'chart-figure' }, svg, legend(), readout, parties, details);
  const node = element('div', {}, figure, none);
  const hasBookings = first.confirmed + first.waiting > 0 && !first.under_test;
  setShown(figure, hasBookings);
  setShown(none, !hasBookings);
  setShown(parties, !isSeatByBooking(first));
  node.classList.add('is-awaited');

  /** @returns {NodeListOf<SVGElement>} */
  const bars = () => svg.querySelectorAll('.column');

  /** @param {number | null} index */
  function point(index) {
    current = index;
    bars().forEach((one, own) => {
      one.classList.toggle('is-current', own === index);
      one.setAttribute('tabindex', own === (index ?? columns.length - 1) ? '0' : '-1');
    });
    const column = index === null ? undefined : columns[index];
    setText(readout, column === undefined ? totalWords(columns) : wordsOf(column));
  }

  /** @param {Row} column */
  function wordsOf(column) {
    const of = capacity === null ? '' : TEXTS.of(counted(capacity));
    const state = TEXTS.byThenOnTheWaitlist(unit, counted(column.sold), of, counted(column.waiting));
    return `${timeSpan(column.from, column.to, zone)}: ${numberWords(column)}. ${state}`;
  }

  function draw() {
    const width = Math.max(WIDTH_MIN, Math.floor(svg.clientWidth || svg.parentElement?.clientWidth || 0));
    const [earliest] = columns;
    if (earliest === undefined) {
      svg.style.setProperty('height', `${saleHeight({ isWaited: first.waiting > 0, width })}px`);
      return;
    }
    const picture = JSON.stringify([width, zone, unit, capacity, columns]);
    if (picture === drawn) return;
    drawn = picture;
    const focused = svg.contains(document.activeElement) ? current : null;
    const { nodes, height } = saleShapes(
      { columns, curve: columns, capacity, unit, interval: lengthWords(earliest), zone, width },
      (index) => wordsOf(columns[index] ?? earliest),
    );
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.style.setProperty('height', `${height}px`);
    svg.replaceChildren(...nodes);
    point(current !== null && current < columns.length ? current : null);
    if (focused !== null) bars()[focused]?.focus();
  }

  /** @param {EventTarget | null} target */
  const indexOf = (target) => [...bars()].findIndex((one) => target instanceof Node && one.contains(target));
  svg.addEventListener('pointerover', (event) => {
    const index = indexOf(event.target);
    if (index >= 0) point(index);
  });
  svg.addEventListener('pointerleave', () =>
    point(svg.contains(document.activeElement) ? indexOf(document.activeElement) : null),
  );
  svg.addEventListener('focusin', (event) => point(indexOf(event.target)));
  svg.addEventListener('focusout', () => point(null));
  svg.addEventListener('keydown', (event) => {
    const index = indexOf(event.target);
    const last = columns.length - 1;
    const next = new Map([
      ['ArrowLeft', index - 1],
      ['ArrowRight', index + 1],
      ['Home', 0],
      ['End', last],
    ]).get(event.key);
    if (index < 0 || next === undefined) return;
    event.preventDefault();
    bars()[Math.min(last, Math.max(0, next))]?.focus();
  });
  const sizes = new ResizeObserver(draw);
  sizes.observe(svg);
  signal.addEventListener('abort', () => sizes.disconnect(), { once: true });

  return {
    node,
    /**
     * Shows an analysis of an event.
     * @param {Api.Analytics} analysis
     * @param {Api.Event} event
     */
    update(analysis, event) {
      const all = columnsOf(analysis, event.time_zone);
      const isSeats = isSeatByBooking(event);
      // Nobody has a seat at a cancelled event, and simulated buyers are not in the figures.
      const isReal = isSeats && event.status !== 'CANCELLED' && !event.under_test;
      const curve = curveOf(all, isReal ? { sold: analysis.confirmed, waiting: analysis.waiting } : null);
      columns = all.map((column, index) => ({ ...column, ...(curve[index] ?? { sold: 0, waiting: 0 }) }));
      zone = event.time_zone;
      unit = isSeats ? TEXTS.seatsSold : TEXTS.bookingsWithSeats;
      capacity = isSeats ? event.capacity : null;
      node.classList.remove('is-awaited');
      setShown(parties, !isSeats);
      setShown(figure, columns.length > 0);
      setShown(none, columns.length === 0);
      const rows = columns.filter((column) => SERIES.some(({ name }) => column[name] > 0));
      const words = JSON.stringify([zone, rows]);
      if (table.node.dataset.words !== words) {
        table.node.dataset.words = words;
        table.body.replaceChildren(...rows.map(table.row));
      }
      draw();
    },
  };
}

/** @param {Api.Event} event */
function isSeatByBooking({ ticket_types: types }) {
  return types.every((type) => type.seats_per_registration === 1);
}

function legend() {
  return element(
    'ul',
    { class: 'legend' },
    DEMAND.map(({ name, label }) =>
      element('li', {}, element('span', { class: `legend-key series-${name}`, 'aria-hidden': 'true' }), label),
    ),
  );
}

/**
 * The length of a column, such as `5 minutes` or `hour`.
 * @param {BookingColumn} column
 */
function lengthWords({ from, to }) {
  const { count, unit } = durationOf(Math.max(1, Math.round((to - from) / MINUTE_MILLISECONDS)));
  return count === '1' ? unit.slice(0, -1) : `${count} ${unit}`;
}

/** @param {BookingColumn[]} columns */
function totalWords(columns) {
  const totals = { confirmed: 0, promoted: 0, waitlisted: 0, cancelled: 0 };
  for (const column of columns) for (const { name } of SERIES) totals[name] += column[name];
  return TEXTS.inTotal(numberWords(totals));
}

/** @param {Counts} numbers */
function numberWords(numbers) {
  const words = SERIES.filter(({ name }) => numbers[name] > 0).map(
    ({ name, label }) => `${counted(numbers[name])} ${label.toLowerCase()}`,
  );
  return words.length === 0 ? TEXTS.noBookings : words.join(', ');
}
