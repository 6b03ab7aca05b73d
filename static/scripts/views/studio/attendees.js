import { address, rename } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { isAbort } from '../../server/failures.js';
import { watchEvents } from '../../server/live.js';
import { dataTable } from '../../ui/data-table.js';
import { element, setText } from '../../ui/dom.js';
import { download } from '../../ui/downloads.js';
import { icon } from '../../ui/icons.js';
import { toast } from '../../ui/messages.js';
import { pagedList } from '../../ui/paged-list.js';
import { filterChoice, searchBox } from '../../ui/search-box.js';
import { placeBadge } from '../../ui/seats.js';
import { counted } from '../../words/numbers.js';
import { sentenceOf } from '../../words/problems.js';
import { saleOf } from '../../words/sales.js';
import { dateAndTime } from '../../words/times.js';
import { studioHead } from './head.js';
import { removeAttendee } from './removal-dialog.js';

/** @import { IdVisit, Page } from '../../browser/navigation.js' */
/** @import { EventNews } from '../../server/live.js' */
/** @import { Column } from '../../ui/data-table.js' */

const NAME_LENGTH_MAX = 60;
// A file of more people than this goes straight to the disk. The browser then asks for a place.
const MEMORY_PEOPLE_MAX = 20_000;
/** @typedef {{ q: string, status: string }} Criteria */

/** @type {[value: string, label: string][]} */
const STATUSES = [
  ['', 'Confirmed and waiting'],
  ['CONFIRMED', 'Confirmed'],
  ['WAITLISTED', 'Waiting'],
  ['CANCELLED', 'Cancelled'],
];

/**
 * An event's attendees and its line, by arrival, with a search and a file for a spreadsheet.
 * @param {IdVisit} visit
 * @returns {Promise<Page>}
 */
export async function render({ parameters, query, signal }) {
  const { id } = parameters;
  const wanted = { q: query.get('q') ?? '', status: statusOf(query.get('status')) };
  /** @type {(criteria: Criteria, cursor: string | null, both: AbortSignal) => Promise<Api.AttendeePage>} */
  const load = (criteria, cursor, both) => api.attendees(id, { ...criteria, cursor }, both);
  const [{ event }, page] = await Promise.all([api.ownEvent(id, signal), load(wanted, null, signal)]);
  let latest = event;
  // The criteria of the two controls. The list may still show the ones before.
  let criteria = wanted;

  const head = studioHead(event, 'attendees', { signal, onDecided: ({ event: newest }) => live.take(newest) });
  const table = attendeeTable(event.time_zone, {
    mayRemove: () => !['cancelled', 'ended'].includes(saleOf(latest, serverNow()).code),
    onRemove: remove,
  });
  const list = pagedList({
    signal,
    load,
    make: attendeeRow,
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
  /** @param {Api.Attendee} attendee */
  function attendeeRow(attendee) {
    const node = table.row(attendee);
    let known = attendee;
    return {
      node,
      /** @param {Partial<Api.Attendee>} newest */
      update(newest) {
        known = { ...known, ...newest };
        node.replaceChildren(...table.row(known).childNodes);
      },
    };
  }

  /** @param {Api.Attendee} attendee */
  async function remove(attendee) {
    const removed = await removeAttendee(id, attendee);
    if (signal.aborted || removed === null) return;
    const { status, cancelled_at, cancellation, removal_reason } = removed;
    list.update(attendee.registration_id, { status, position: null, cancelled_at, cancellation, removal_reason });
    // The pressed button is gone with the place.
    list.again.focus();
  }

  /** @param {Partial<Criteria>} changes */
  const find = (changes) => {
    criteria = { ...criteria, ...changes };
    list.find(criteria);
  };
  const summary = element('p', { class: 'soft' });
  const save = saveButton(id, { signal, criteria: () => list.criteria(), event: () => latest });

  /**
   * A live update may have the numbers alone.
   * @param {Partial<EventNews>} newest
   */
  function update(newest) {
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
  const live = watchEvents({ ids: () => [id], onEvent: update }, signal);
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
        }).node,
      ),
      list.node,
    ),
  );
  return { title: `Attendees: ${event.title}`, node };
}

/**
 * @param {string} zone
 * @param {{ mayRemove: () => boolean, onRemove: (attendee: Api.Attendee) => void }} options
 */
function attendeeTable(zone, { mayRemove, onRemove }) {
  /** @type {Column<Api.Attendee>[]} */
  const columns = [
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
    {
      purpose: 'What to do',
      cell: (one) =>
        one.status === 'CANCELLED' || !mayRemove()
          ? null
          : element(
              'button',
              { type: 'button', class: 'button button-small button-quiet-danger', onclick: () => onRemove(one) },
              'Remove…',
              element('span', { class: 'visually-hidden' }, ` ${one.name}`),
            ),
    },
  ];
  return dataTable({ caption: 'Attendees, by arrival', columns });
}

/**
 * @param {Api.Attendee} attendee
 * @param {string} zone
 */
function historyWords(attendee, zone) {
  const { status, registered_at: registered, confirmed_at: confirmed, cancelled_at: cancelled } = attendee;
  if (status === 'CANCELLED' && cancelled) {
    const when = dateAndTime(cancelled, zone);
    if (attendee.cancellation === 'REMOVED') return `Removed ${when}: “${attendee.removal_reason}”`;
    return attendee.cancellation === 'DEACTIVATED' ? `Cancelled ${when}: account deactivated` : `Given up ${when}`;
  }
  if (confirmed && confirmed !== registered) return `Got a seat ${dateAndTime(confirmed, zone)}`;
  return null;
}

/**
 * @param {string} id the event's
 * @param {{ signal: AbortSignal, criteria: () => Criteria, event: () => Api.Event }} options
 */
function saveButton(id, { signal, criteria, event }) {
  const text = element('span', {}, 'Download CSV');
  const button = element('button', { type: 'button', class: 'button' }, icon('download'), text);
  const problem = element('p', { class: 'form-error', role: 'alert' });
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-disabled')) return;
    const { title, confirmed, waiting, time_zone: zone } = event();
    const { q, status } = criteria();
    button.setAttribute('aria-disabled', 'true');
    setText(text, 'Downloading…');
    setText(problem, '');
    try {
      const saved = await download({
        name: fileName(title),
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

/** @param {string} title the event's */
function fileName(title) {
  const words = title.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return `${['attendees', ...words].join('-').slice(0, NAME_LENGTH_MAX)}.csv`;
}

/** @param {string | null} text from an address */
function statusOf(text) {
  return STATUSES.find(([status]) => status === text)?.[0] ?? '';
}
