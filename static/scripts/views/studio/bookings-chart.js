import { axisMarks, columnsOf, heightsOf, SERIES } from './booking-columns.js';
import { element, setShown, setText, svgElement } from '../../ui/dom.js';
import { dataTable } from '../../ui/data-table.js';
import { counted } from '../../words/numbers.js';
import { dateAndTime, dayAndMonth, timeOfDay, timeSpan } from '../../words/times.js';

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

/** Bookings over time as columns that can be pointed at or walked by arrow keys, and as a table: `{ node, update }`. */
export function bookingsChart({ signal }) {
  let columns = [];
  let zone = 'UTC';
  let current = null;
  let drawn = '';

  const svg = svgElement('svg', {
    class: 'chart',
    role: 'group',
    'aria-label': 'Bookings over time: arrow keys go from one column to the next',
  });
  const readout = element('p', { class: 'chart-readout' });
  const none = element('p', { class: 'empty' }, 'Nobody has booked yet.');
  const table = dataTable({
    caption: 'Bookings over time',
    columns: [
      { label: 'From', cell: ({ from }) => dateAndTime(from, zone) },
      ...SERIES.map(({ name, label }) => ({ label, cell: (column) => counted(column[name]) })),
    ],
  });
  const details = element('details', { class: 'more-of-it' }, element('summary', {}, 'As a table'), table.node);
  const figure = element('figure', { class: 'chart-figure' }, legend(), svg, readout, details);
  const node = element('div', {}, figure, none);
  // Whether there is anything is not known yet.
  setShown(figure, false);
  setShown(none, false);

  function point(index) {
    current = index;
    svg.querySelectorAll('.column').forEach((one, own) => {
      one.classList.toggle('is-current', own === index);
      one.setAttribute('tabindex', own === (index ?? columns.length - 1) ? '0' : '-1');
    });
    setText(readout, index === null ? totalWords(columns) : columnWords(columns[index], zone));
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
    if (focused !== null) svg.querySelectorAll('.column')[focused]?.focus();
  }

  const indexOf = (target) => [...svg.querySelectorAll('.column')].indexOf(target.closest?.('.column'));
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
    const next = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: last }[event.key];
    if (index < 0 || next === undefined) return;
    event.preventDefault();
    svg.querySelectorAll('.column')[Math.min(last, Math.max(0, next))].focus();
  });
  const sizes = new ResizeObserver(draw);
  sizes.observe(svg);
  signal.addEventListener('abort', () => sizes.disconnect(), { once: true });

  return {
    node,
    /** Shows an analysis; times are those of `timeZone`. */
    update(analysis, timeZone) {
      columns = columnsOf(analysis);
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

function shapes(columns, zone, width) {
  const heights = columns.map(heightsOf);
  const down = Math.max(...heights.map((one) => one.down));
  const marks = axisMarks(Math.max(...heights.map((one) => one.up)), down, MARKS);
  const [lowest, highest] = [Math.min(marks[0], -down), marks.at(-1)];
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

function timeLabels(columns, zone, slot, width) {
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / slot));
  const isLong = columns.at(-1).to - columns[0].from > DAYS_MILLISECONDS;
  return columns.map(({ from }, index) => {
    const x = LEFT + index * slot;
    if (index % every !== 0 || x + LAST_LABEL_WIDTH > width) return null;
    const day = dayAndMonth(from, zone);
    const words = isLong ? day : index === 0 ? `${day}, ${timeOfDay(from, zone)}` : timeOfDay(from, zone);
    return svgElement('text', { x, y: HEIGHT - 6 }, words);
  });
}

function bar(column, zone, { x, slot, y }) {
  const gap = Math.min(4, slot * 0.2);
  let [up, down] = [0, 0];
  const parts = SERIES.filter(({ name }) => column[name] > 0).map(({ name, down: isDown }) => {
    const [from, to] = isDown ? [-down, -(down += column[name])] : [up, (up += column[name])];
    const [top, bottom] = [Math.min(y(from), y(to)), Math.max(y(from), y(to))];
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

function columnWords(column, zone) {
  return `${timeSpan(column.from, column.to, zone)}: ${numberWords(column)}.`;
}

function totalWords(columns) {
  const totals = Object.fromEntries(
    SERIES.map(({ name }) => [name, columns.reduce((sum, column) => sum + column[name], 0)]),
  );
  return `In all: ${numberWords(totals)}.`;
}

function numberWords(numbers) {
  const words = SERIES.filter(({ name }) => numbers[name] > 0).map(
    ({ name, label }) => `${counted(numbers[name])} ${label.toLowerCase()}`,
  );
  return words.length === 0 ? 'nothing' : words.join(', ');
}
