import { dataTable } from '../../ui/data-table.js';
import { element, setShown, setText, svgElement } from '../../ui/dom.js';
import { counted } from '../../words/numbers.js';
import { dateAndTime, dayAndMonth, timeOfDay, timeSpan } from '../../words/times.js';
import { axisMarks, columnsOf, heightsOf, SERIES } from './booking-columns.js';

/** @import { Column } from '../../ui/data-table.js' */
/** @import { BookingColumn, Counts } from './booking-columns.js' */

const HEIGHT = 240;
const LEFT = 44;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 26;
const COLUMNS_MIN = 12;
const MARKS = 5;
const LABEL_WIDTH = 106;
const LAST_LABEL_WIDTH = 44;
const DAYS_MILLISECONDS = 2 * 86_400_000;

/** Gives the y coordinate of a value. @typedef {(value: number) => number} Scale */

/**
 * Bookings over time: a column chart for pointers and arrow keys, and a table.
 * @param {{ signal: AbortSignal }} options
 */
export function bookingsChart({ signal }) {
  /** @type {BookingColumn[]} */
  let columns = [];
  let zone = 'UTC';
  /** The index of the column that is pointed at. @type {number | null} */
  let current = null;
  let drawn = '';

  const svg = svgElement('svg', {
    class: 'chart',
    role: 'group',
    'aria-label': 'Bookings over time: arrow keys go from one column to the next',
  });
  const readout = element('p', { class: 'chart-readout' });
  const none = element('p', { class: 'empty' }, 'Nobody has booked yet.');
  /** @type {Column<BookingColumn>[]} */
  const cells = [
    { label: 'From', cell: ({ from }) => dateAndTime(from, zone) },
    ...SERIES.map(({ name, label }) => ({
      label,
      cell: (/** @type {BookingColumn} */ column) => counted(column[name]),
    })),
  ];
  const table = dataTable({ caption: 'Bookings over time', columns: cells });
  const details = element('details', { class: 'more-of-it' }, element('summary', {}, 'As a table'), table.node);
  const figure = element('figure', { class: 'chart-figure' }, legend(), svg, readout, details);
  const node = element('div', {}, figure, none);
  // It is not known yet whether there are bookings.
  setShown(figure, false);
  setShown(none, false);

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
    setText(readout, column === undefined ? totalWords(columns) : columnWords(column, zone));
  }

  function draw() {
    const width = Math.max(240, Math.floor(svg.clientWidth || svg.parentElement?.clientWidth || 0));
    const picture = JSON.stringify([width, zone, columns]);
    if (columns.length === 0 || picture === drawn) return;
    drawn = picture;
    const focused = svg.contains(document.activeElement) ? current : null;
    svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
    svg.replaceChildren(...shapes(columns, zone, width));
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
     * Shows an analysis.
     * @param {Api.Analytics} analysis
     * @param {string} timeZone
     */
    update(analysis, timeZone) {
      columns = columnsOf(analysis, timeZone);
      zone = timeZone;
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

function legend() {
  return element(
    'ul',
    { class: 'legend' },
    SERIES.map(({ name, label }) =>
      element('li', {}, element('span', { class: `legend-key series-${name}`, 'aria-hidden': 'true' }), label),
    ),
  );
}

/**
 * @param {BookingColumn[]} columns at least one
 * @param {string} zone
 * @param {number} width
 */
function shapes(columns, zone, width) {
  const heights = columns.map(heightsOf);
  const down = Math.max(...heights.map((one) => one.down));
  const marks = axisMarks(Math.max(...heights.map((one) => one.up)), down, MARKS);
  const [lowest, highest] = [Math.min(...marks, -down), Math.max(...marks)];
  /** @type {Scale} */
  const y = (value) => TOP + ((highest - value) / (highest - lowest)) * (HEIGHT - TOP - BOTTOM);
  const slot = (width - LEFT - RIGHT) / Math.max(columns.length, COLUMNS_MIN);
  return [
    svgElement(
      'g',
      { class: 'chart-grid', 'aria-hidden': 'true' },
      marks.map((mark) => [
        svgElement('line', {
          class: mark === 0 ? 'chart-zero' : null,
          x1: LEFT,
          x2: width - RIGHT,
          y1: y(mark),
          y2: y(mark),
        }),
        svgElement(
          'text',
          { x: LEFT - 8, y: y(mark), 'text-anchor': 'end', 'dominant-baseline': 'middle' },
          counted(Math.abs(mark)),
        ),
      ]),
      timeLabels(columns, zone, slot, width),
    ),
    ...columns.map((column, index) => bar(column, zone, { x: LEFT + index * slot, slot, y })),
  ];
}

/**
 * @param {BookingColumn[]} columns
 * @param {string} zone
 * @param {number} slot a column's width
 * @param {number} width
 */
function timeLabels(columns, zone, slot, width) {
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / slot));
  const isLong = (columns.at(-1)?.to ?? 0) - (columns[0]?.from ?? 0) > DAYS_MILLISECONDS;
  return columns.map(({ from }, index) => {
    const x = LEFT + index * slot;
    if (index % every !== 0 || x + LAST_LABEL_WIDTH > width) return null;
    const day = dayAndMonth(from, zone);
    const words = isLong ? day : index === 0 ? `${day}, ${timeOfDay(from, zone)}` : timeOfDay(from, zone);
    return svgElement('text', { x, y: HEIGHT - 6 }, words);
  });
}

/**
 * @param {BookingColumn} column
 * @param {string} zone
 * @param {{ x: number, slot: number, y: Scale }} place
 */
function bar(column, zone, { x, slot, y }) {
  const gap = Math.min(4, slot * 0.2);
  const reached = { up: 0, down: 0 };
  const parts = SERIES.filter(({ name }) => column[name] > 0).map(({ name, down: isDown }) => {
    const side = isDown ? 'down' : 'up';
    const sign = isDown ? -1 : 1;
    const from = y(sign * reached[side]);
    reached[side] += column[name];
    const to = y(sign * reached[side]);
    const [top, bottom] = [Math.min(from, to), Math.max(from, to)];
    return svgElement('rect', {
      class: `series-${name}`,
      x: x + gap / 2,
      width: slot - gap,
      y: top,
      height: Math.max(1, bottom - top),
    });
  });
  return svgElement(
    'g',
    { class: 'column', role: 'img', tabindex: '-1', 'aria-label': columnWords(column, zone) },
    svgElement('rect', { class: 'column-ground', x, width: slot, y: TOP, height: HEIGHT - TOP - BOTTOM, rx: 3 }),
    parts,
  );
}

/**
 * @param {BookingColumn} column
 * @param {string} zone
 */
function columnWords(column, zone) {
  return `${timeSpan(column.from, column.to, zone)}: ${numberWords(column)}.`;
}

/** @param {BookingColumn[]} columns */
function totalWords(columns) {
  const totals = { confirmed: 0, promoted: 0, waitlisted: 0, cancelled: 0 };
  for (const column of columns) for (const { name } of SERIES) totals[name] += column[name];
  return `In all: ${numberWords(totals)}.`;
}

/** @param {Counts} numbers */
function numberWords(numbers) {
  const words = SERIES.filter(({ name }) => numbers[name] > 0).map(
    ({ name, label }) => `${counted(numbers[name])} ${label.toLowerCase()}`,
  );
  return words.length === 0 ? 'nothing' : words.join(', ');
}
