import * as api from '../../server/api.js';
import { dataTable } from '../../ui/data-table.js';
import { element, setText } from '../../ui/dom.js';
import { download } from '../../ui/downloads.js';
import { isAbort } from '../../server/failures.js';
import { icon } from '../../ui/icons.js';
import { watchEvents } from '../../server/live.js';
import { toast } from '../../ui/messages.js';
import { counted } from '../../words/numbers.js';
import { pagedList } from '../../ui/paged-list.js';
import { sentenceOf } from '../../words/problems.js';
import { address, rename } from '../../browser/navigation.js';
import { filterChoice, searchBox } from '../../ui/search-box.js';
import { placeBadge } from '../../ui/seats.js';
import { dateAndTime } from '../../words/times.js';
import { studioHead } from './head.js';

// A file of more people than this goes straight to the disk, at the price of a question where to.
const MEMORY_PEOPLE_MAX = 20_000;
const STATUSES = [
  ['', 'Confirmed and waiting'],
  ['CONFIRMED', 'Confirmed'],
  ['WAITLISTED', 'Waiting'],
  ['CANCELLED', 'Given up'],
];

/** Who comes to an event and who waits, by arrival, with a search and a file for a spreadsheet. */
export async function render({ parameters, query, signal }) {
  const { id } = parameters;
  const wanted = { q: query.get('q') ?? '', status: statusOf(query.get('status')) };
  const load = (criteria, cursor, both) => api.attendees(id, { ...criteria, cursor }, both);
  const [{ event }, page] = await Promise.all([api.ownEvent(id, signal), load(wanted, null, signal)]);
  let latest = event;
  // What the two controls ask for now, which may be ahead of the list.
  let criteria = wanted;

  const head = studioHead(event, 'attendees', { signal, onDecided: ({ event: newest }) => update(newest) });
  const table = attendeeTable(event.time_zone);
  const list = pagedList({
    signal,
    load,
    make: (attendee) => ({ node: table.row(attendee) }),
    keyOf: ({ registration_id: key }) => key,
    rows: table.body,
    frame: table.node,
    nouns: ['person', 'people'],
    empty: ({ q, status }) => (q === '' && status === '' ? 'Nobody has a place yet.' : 'Nobody fits this search.'),
    all: { href: address('studio', id, 'attendees'), label: 'Show everybody' },
    onFound(found) {
      const pairs = Object.entries(found).filter(([, value]) => value !== '');
      const search = new URLSearchParams(pairs).toString();
      rename(`${address('studio', id, 'attendees')}${search && `?${search}`}`);
    },
  });
  const find = (changes) => {
    criteria = { ...criteria, ...changes };
    list.find(criteria);
  };
  const summary = element('p', { class: 'soft' });
  const save = saveButton(id, { signal, criteria: () => list.criteria(), event: () => latest });

  function update(newest) {
    // A live update may carry the numbers alone.
    latest = { ...latest, ...newest };
    head.update(latest);
    setText(
      summary,
      latest.under_test
        ? 'A stress test has this event; simulated people are not listed.'
        : `${counted(latest.confirmed)} confirmed, ${counted(latest.waiting)} waiting`,
    );
  }

  list.begin(wanted, page);
  update(event);
  watchEvents({ ids: () => [id], onEvent: update }, signal);
  const node = element(
    'div',
    { class: 'page' },
    head.node,
    element(
      'section',
      { class: 'panel', 'aria-labelledby': 'attendees' },
      element(
        'div',
        { class: 'panel-head' },
        element('div', {}, element('h2', { id: 'attendees' }, 'Attendees'), summary),
        element('div', { class: 'actions' }, list.again, save.button),
      ),
      save.problem,
      element(
        'div',
        { class: 'filters' },
        searchBox({
          label: 'Search attendees',
          placeholder: 'Name or e-mail',
          value: wanted.q,
          onSearch: (q) => find({ q }),
          signal,
        }),
        filterChoice({
          label: 'Show',
          choices: STATUSES,
          value: wanted.status,
          onChoose: (status) => find({ status }),
        }),
      ),
      list.node,
    ),
  );
  return { title: `Attendees: ${event.title}`, node };
}

function attendeeTable(zone) {
  return dataTable({
    caption: 'Attendees, by arrival',
    columns: [
      {
        label: 'Name',
        cell: ({ name, email }) => [
          element('span', { class: 'cell-main', dir: 'auto' }, name),
          element('span', { class: 'cell-second' }, email),
        ],
      },
      { label: 'Place', cell: (one) => placeBadge(one) },
      { label: 'In line', cell: ({ position }) => (position ? `No.\u00a0${counted(position)}` : null) },
      { label: 'Registered', kind: 'cell-time', cell: ({ registered_at: at }) => dateAndTime(at, zone) },
      { label: 'Since then', kind: 'cell-time', cell: (one) => historyWords(one, zone) },
    ],
  });
}

function historyWords({ status, registered_at: registered, confirmed_at: confirmed, cancelled_at: cancelled }, zone) {
  if (status === 'CANCELLED' && cancelled) return `Given up ${dateAndTime(cancelled, zone)}`;
  if (confirmed && confirmed !== registered) return `Got a seat ${dateAndTime(confirmed, zone)}`;
  return null;
}

function saveButton(id, { signal, criteria, event }) {
  const text = element('span', {}, 'Download CSV');
  const button = element('button', { type: 'button', class: 'button' }, icon('download'), text);
  const problem = element('p', { class: 'form-error', role: 'alert' });
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-disabled')) return;
    const { confirmed, waiting, time_zone: zone } = event();
    const { q, status } = criteria();
    button.setAttribute('aria-disabled', 'true');
    setText(text, 'Downloading…');
    setText(problem, '');
    try {
      const saved = await download({
        name: `attendees-${id}.csv`,
        type: 'text/csv',
        large: q === '' && confirmed + waiting > MEMORY_PEOPLE_MAX,
        fetchFile: () => api.attendeesFile(id, { q, status }, signal),
        signal,
      });
      if (saved) toast('The list of attendees is saved.', 'good');
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error, zone));
    } finally {
      button.removeAttribute('aria-disabled');
      setText(text, 'Download CSV');
    }
  });
  return { button, problem };
}

function statusOf(text) {
  return STATUSES.some(([status]) => status === text) ? text : '';
}
