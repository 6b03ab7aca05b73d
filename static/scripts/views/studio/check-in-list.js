// The lists of an event's check-ins: those that a person has to settle, and all of them.

import { dataTable } from '../../ui/data-table.js';
import { element } from '../../ui/dom.js';
import { pagedList } from '../../ui/paged-list.js';
import { badge } from '../../ui/seats.js';
import { counted } from '../../words/numbers.js';
import { bookedByWords, shownName } from '../../words/ticket-names.js';
import { dateAndTime, exactTime } from '../../words/times.js';
import { causeWords, checkInLabel, historyWords, lateWords } from './door-words.js';

/** @import { Page } from '../../server/api.js' */
const TEXTS = Object.freeze({
  /** @param {string} number */
  ticket: (number) => `Ticket ${number}`,
  oneToSettle: 'check-in to settle',
  manyToSettle: 'check-ins to settle',
  settle: 'Settle…',
  undo: 'Undo…',
  counts: 'Counts',
  doesNotCount: 'Does not count',
  settled: 'Nothing to settle.',
  none: 'No check-ins yet.',
  noMatches: 'No matches.',
  clear: 'Clear filters',
  caption: 'Check-ins, newest first',
  name: 'Name',
  time: 'Time',
  gate: 'Gate',
  by: 'By',
  state: 'State',
  actions: 'Actions',
});

/**
 * @typedef {{ state: string }} Criteria
 * @typedef {object} ListOptions
 * @property {string} zone the event's
 * @property {(criteria: Criteria, cursor: string | null, signal: AbortSignal) => Promise<Page<Api.ListedCheckIn>>} load
 * @property {(checkIn: Api.ListedCheckIn) => void} onUndo
 * @property {AbortSignal} signal
 */

/**
 * The check-ins that do not count, each beside the one that does.
 * @param {ListOptions} options
 */
export function doubleList({ zone, load, onUndo, signal }) {
  return pagedList({
    signal,
    load,
    make: (checkIn) => ({ node: doubleRow(checkIn) }),
    keyOf: ({ id }) => id,
    rows: element('ul', { class: 'doubles' }),
    nouns: [TEXTS.oneToSettle, TEXTS.manyToSettle],
    empty: () => TEXTS.settled,
  });

  /** @param {Api.ListedCheckIn} checkIn */
  function doubleRow(checkIn) {
    const { other = null } = checkIn;
    return element(
      'li',
      { class: 'double' },
      element('div', {}, nameCell(checkIn)),
      element('p', { class: 'double-cause' }, causeWords(checkIn)),
      element(
        'div',
        { class: 'double-sides' },
        other && side(TEXTS.counts, 'good', other, zone),
        side(TEXTS.doesNotCount, 'bad', checkIn, zone),
      ),
      element('div', { class: 'actions' }, undoButton(TEXTS.settle, checkIn, onUndo)),
    );
  }
}

/**
 * All check-ins in a table.
 * @param {ListOptions & { path: string, onFound: (criteria: Criteria) => void }} options `path` is that of the list
 *   without a filter
 */
export function checkInList({ zone, load, onUndo, signal, path, onFound }) {
  const table = dataTable({
    caption: TEXTS.caption,
    columns: [
      { label: TEXTS.name, cell: nameCell },
      {
        label: TEXTS.time,
        kind: 'cell-time',
        /** @param {Api.ListedCheckIn} checkIn */
        cell: (checkIn) => [plain(dateAndTime(checkIn.at, zone)), second(lateWords(checkIn, zone))],
      },
      {
        label: TEXTS.gate,
        kind: 'cell-wrap',
        /** @param {Api.ListedCheckIn} checkIn */
        cell: ({ gate, device }) => [plain(gate), second(device)],
      },
      {
        label: TEXTS.by,
        kind: 'cell-wrap',
        /** @param {Api.ListedCheckIn} checkIn */
        cell: ({ by }) => plain(by),
      },
      {
        label: TEXTS.state,
        kind: 'cell-wrap',
        /** @param {Api.ListedCheckIn} checkIn */
        cell: (checkIn) => [badge(...checkInLabel(checkIn.state)), second(historyWords(checkIn, zone))],
      },
      {
        purpose: TEXTS.actions,
        /** @param {Api.ListedCheckIn} checkIn */
        cell(checkIn) {
          if (checkIn.state === 'UNDONE') return null;
          const label = checkIn.state === 'DOUBLE' ? TEXTS.settle : TEXTS.undo;
          return element('div', { class: 'row-actions' }, undoButton(label, checkIn, onUndo));
        },
      },
    ],
  });
  return pagedList({
    signal,
    load,
    make: row,
    keyOf: ({ id }) => id,
    rows: table.body,
    frame: table.node,
    nouns: ['check-in', 'check-ins'],
    empty: ({ state }) => (state === '' ? TEXTS.none : TEXTS.noMatches),
    all: { href: path, label: TEXTS.clear },
    onFound,
  });

  /** @param {Api.ListedCheckIn} checkIn */
  function row(checkIn) {
    let known = checkIn;
    const node = table.row(checkIn);
    return {
      node,
      /** @param {Partial<Api.ListedCheckIn>} newest */
      update(newest) {
        known = { ...known, ...newest };
        node.replaceChildren(...table.row(known).childNodes);
      },
    };
  }
}

/** @param {Api.ListedCheckIn} checkIn */
function nameCell(checkIn) {
  const parts = [TEXTS.ticket(counted(checkIn.number)), bookedByWords(checkIn)];
  return [
    element('span', { class: 'cell-main', dir: 'auto' }, shownName(checkIn)),
    element('span', { class: 'cell-second' }, parts.filter((part) => part !== '').join(' · ')),
  ];
}

/**
 * @param {string} label
 * @param {string} tone
 * @param {Api.CheckIn} checkIn
 * @param {string} zone
 */
function side(label, tone, checkIn, zone) {
  const { at, gate, device, by } = checkIn;
  const late = lateWords(checkIn, zone);
  return element(
    'div',
    { class: 'double-side' },
    badge(label, tone),
    element('strong', {}, exactTime(at, zone)),
    element('span', { dir: 'auto' }, gate),
    element('span', { class: 'soft small', dir: 'auto' }, `${device}, ${by}`),
    late && element('span', { class: 'soft small' }, late),
  );
}

/**
 * @param {string} label
 * @param {Api.ListedCheckIn} checkIn
 * @param {(checkIn: Api.ListedCheckIn) => void} onUndo
 */
function undoButton(label, checkIn, onUndo) {
  return element(
    'button',
    { type: 'button', class: 'button button-small', onclick: () => onUndo(checkIn) },
    label,
    element('span', { class: 'visually-hidden' }, ` ${shownName(checkIn)}, ${TEXTS.ticket(counted(checkIn.number))}`),
  );
}

/** @param {string} words */
function plain(words) {
  return element('span', { class: 'cell-plain', dir: 'auto' }, words);
}

/** @param {string | null} words */
function second(words) {
  return words === null ? null : element('span', { class: 'cell-second', dir: 'auto' }, words);
}
