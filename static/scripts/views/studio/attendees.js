import { address, rename } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { isAbort } from '../../server/failures.js';
import { watchEvents } from '../../server/live.js';
import { element, setText } from '../../ui/dom.js';
import { download } from '../../ui/downloads.js';
import { icon } from '../../ui/icons.js';
import { toast } from '../../ui/messages.js';
import { pagedList } from '../../ui/paged-list.js';
import { filterChoice, searchBox, searchedText } from '../../ui/search-box.js';
import { counted, countOf } from '../../words/numbers.js';
import { sentenceOf } from '../../words/problems.js';
import { saleOf } from '../../words/sales.js';
import { attendeeTable } from './attendee-table.js';
import { studioHead } from './head.js';
import { markNotPaid, markPaid } from './payment-dialogs.js';
import { removeAttendee } from './removal-dialog.js';
import { isSimple } from './tickets/sheet.js';

/** @import { IdVisit, Page } from '../../browser/navigation.js' */
/** @import { EventNews } from '../../server/live.js' */
/** @import { AttendeeAction } from './attendee-words.js' */

const TEXTS = Object.freeze({
  confirmedAndOnTheWaitlist: 'Confirmed and on the waitlist',
  confirmed: 'Confirmed',
  onTheWaitlist: 'On the waitlist',
  cancelled: 'Cancelled',
  confirmedHeldAndOnThe: 'Confirmed, held and on the waitlist',
  heldNotPaid: 'Held, not paid',
  noAttendeesYet: 'No attendees yet.',
  noMatches: 'No matches.',
  clearFilters: 'Clear filters',
  thisEventIsUnderTest: 'This event is under test. Simulated people are not listed.',
  attendees: 'Attendees',
  searchAttendees: 'Search attendees',
  nameOrEMail: 'Name or e-mail',
  show: 'Show',
  ticketType: 'Ticket type',
  arrival: 'Arrival',
  arrived: 'Arrived',
  notYet: 'Not yet',
  /** @param {string} title */
  attendeesOf: (title) => `Attendees: ${title}`,
  /** @param {string} confirmed @param {string} waiting */
  confirmedOnTheWaitlist: (confirmed, waiting) => `${confirmed} confirmed, ${waiting} on the waitlist`,
  /** @param {string} seats @param {string} bookings */
  takenOnTheWaitlist: (seats, bookings) => `${seats} taken, ${bookings} on the waitlist`,
  all: 'All',
  downloadCsv: 'Download CSV',
  downloading: 'Downloading…',
  listOfAttendeesSaved: 'List of attendees saved.',
});

const NAME_LENGTH_MAX = 60;
// A file of more people than this goes straight to the disk. The browser then asks for a place.
const MEMORY_PEOPLE_MAX = 20_000;
/** @typedef {{ q: string, status: string, ticket_type: string, arrived: string }} Criteria */

/** @type {[value: string, label: string][]} */
const STATUSES = [
  ['', TEXTS.confirmedAndOnTheWaitlist],
  ['CONFIRMED', TEXTS.confirmed],
  ['WAITLISTED', TEXTS.onTheWaitlist],
  ['CANCELLED', TEXTS.cancelled],
];
/** The same where seats cost something. @type {[value: string, label: string][]} */
const PAID_STATUSES = [
  ['', TEXTS.confirmedHeldAndOnThe],
  ['CONFIRMED', TEXTS.confirmed],
  ['HELD', TEXTS.heldNotPaid],
  ['WAITLISTED', TEXTS.onTheWaitlist],
  ['CANCELLED', TEXTS.cancelled],
];

/** @type {[value: string, label: string][]} */
const ARRIVALS = [
  ['', TEXTS.all],
  ['true', TEXTS.arrived],
  ['false', TEXTS.notYet],
];

/**
 * An event's attendees and its line, by arrival, with a search and a file for a spreadsheet.
 * @param {IdVisit} visit
 * @returns {Promise<Page>}
 */
export async function render({ parameters, query, signal }) {
  const { id } = parameters;
  const wanted = {
    q: searchedText(query),
    status: statusOf(query.get('status')),
    ticket_type: typeOf(query.get('ticket_type')),
    arrived: ARRIVALS.find(([value]) => value === query.get('arrived'))?.[0] ?? '',
  };
  /** @type {(criteria: Criteria, cursor: string | null, both: AbortSignal) => Promise<Api.AttendeePage>} */
  const load = (criteria, cursor, both) => api.attendees(id, { ...criteria, cursor }, both);
  const [{ event }, page] = await Promise.all([api.ownEvent(id, signal), load(wanted, null, signal)]);
  let latest = event;
  // The criteria of the two controls. The list may still show the ones before.
  let criteria = wanted;

  const head = studioHead(event, 'attendees', { signal, onDecided: ({ event: newest }) => live.take(newest) });
  const table = attendeeTable(event, {
    isOn: () => !['cancelled', 'ended'].includes(saleOf(latest, serverNow()).code),
    onAction: act,
  });
  const list = pagedList({
    signal,
    load,
    make: attendeeRow,
    keyOf: ({ registration_id: key }) => key,
    rows: table.body,
    frame: table.node,
    nouns: ['person', 'people'],
    empty: (searched) => (isWhole(searched) ? TEXTS.noAttendeesYet : TEXTS.noMatches),
    all: { href: address('studio', id, 'attendees'), label: TEXTS.clearFilters },
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

  /** @type {Record<AttendeeAction, (attendee: Api.Attendee) => Promise<Api.Registration | null>>} */
  const actions = {
    pay: (attendee) => markPaid(id, attendee),
    unpay: (attendee) => markNotPaid(id, attendee, latest.time_zone),
    remove: (attendee) => removeAttendee(id, attendee),
  };

  /**
   * @param {AttendeeAction} action
   * @param {Api.Attendee} attendee
   */
  async function act(action, attendee) {
    const changed = await actions[action](attendee);
    if (signal.aborted || changed === null) return;
    if (action === 'remove') {
      const { status, cancelled_at, cancellation, removal_reason, held_until, owed_back } = changed;
      const newest = { status, cancelled_at, cancellation, removal_reason, held_until, owed_back };
      list.update(attendee.registration_id, { ...newest, position: null });
    } else {
      await showAgain(attendee, changed);
    }
    // The pressed button may be gone.
    list.again.focus();
  }

  /**
   * Shows a row as it is after a payment. The list says by which payment it is confirmed, and the answer does not.
   * @param {Api.Attendee} attendee as it was
   * @param {Api.Registration} changed the registration now, which is a new one if a hold had ended
   */
  async function showAgain({ registration_id: known, email }, changed) {
    const { status, cancellation, held_until, paid_at, owed_back } = changed;
    if (changed.id === known) {
      list.update(known, { status, cancellation, held_until, paid_at, owed_back, payment_id: null });
      try {
        const { items } = await api.attendees(id, { q: email }, signal);
        const newest = items.find(({ registration_id: one }) => one === known);
        if (newest !== undefined) {
          list.update(known, newest);
          return;
        }
      } catch {
        // The list is read again below, and says so itself if that fails.
      }
    }
    await list.find(list.criteria());
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
    setText(summary, latest.under_test ? TEXTS.thisEventIsUnderTest : countWords(latest));
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
        element('div', {}, element('h2', { id: 'attendees' }, TEXTS.attendees), summary),
        element('div', { class: 'actions' }, list.again, save.button),
      ),
      save.problem,
      element(
        'div',
        { class: 'filters' },
        searchBox({
          label: TEXTS.searchAttendees,
          placeholder: TEXTS.nameOrEMail,
          value: wanted.q,
          onSearch: (q) => find({ q }),
          signal,
        }),
        filterChoice({
          label: TEXTS.show,
          choices: event.currency === null ? STATUSES : PAID_STATUSES,
          value: wanted.status,
          onChoose: (status) => find({ status }),
        }).node,
        typeChoices(event).length > 2 &&
          filterChoice({
            label: TEXTS.ticketType,
            choices: typeChoices(event),
            value: wanted.ticket_type,
            onChoose: (type) => find({ ticket_type: type }),
          }).node,
        filterChoice({
          label: TEXTS.arrival,
          choices: ARRIVALS,
          value: wanted.arrived,
          onChoose: (arrived) => find({ arrived }),
        }).node,
      ),
      list.node,
    ),
  );
  return { title: TEXTS.attendeesOf(event.title), node };
}

/** @param {Criteria} criteria */
function isWhole(criteria) {
  return Object.values(criteria).every((value) => value === '');
}

/** @param {Api.Event} event */
function countWords(event) {
  const { confirmed, waiting } = event;
  if (isSimple(event)) return TEXTS.confirmedOnTheWaitlist(counted(confirmed), counted(waiting));
  return TEXTS.takenOnTheWaitlist(countOf(confirmed, 'seat'), countOf(waiting, 'booking'));
}

/**
 * @param {Api.Event} event
 * @returns {[value: string, label: string][]}
 */
function typeChoices({ ticket_types: types }) {
  return [
    ['', TEXTS.all],
    ...types.map(({ number, name }) => /** @type {[string, string]} */ ([String(number), name])),
  ];
}

/**
 * @param {string} id the event's
 * @param {{ signal: AbortSignal, criteria: () => Criteria, event: () => Api.Event }} options
 */
function saveButton(id, { signal, criteria, event }) {
  const text = element('span', {}, TEXTS.downloadCsv);
  const button = element('button', { type: 'button', class: 'button' }, icon('download'), text);
  const problem = element('p', { class: 'form-error', role: 'alert' });
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-disabled')) return;
    const { title, confirmed, waiting, time_zone: zone } = event();
    const wanted = criteria();
    button.setAttribute('aria-disabled', 'true');
    setText(text, TEXTS.downloading);
    setText(problem, '');
    try {
      const saved = await download({
        name: fileName(title),
        type: 'text/csv',
        large: wanted.q === '' && confirmed + waiting > MEMORY_PEOPLE_MAX,
        fetchFile: () => api.attendeesFile(id, wanted, signal),
        signal,
      });
      if (saved) toast(TEXTS.listOfAttendeesSaved, 'good');
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error, zone));
    } finally {
      button.removeAttribute('aria-disabled');
      setText(text, TEXTS.downloadCsv);
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
  return PAID_STATUSES.find(([status]) => status === text)?.[0] ?? '';
}

/** @param {string | null} text from an address */
function typeOf(text) {
  return text !== null && /^[1-9]\d?$/.test(text) ? text : '';
}
