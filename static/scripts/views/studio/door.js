import { address, rename } from '../../browser/navigation.js';
import { repeat } from '../../browser/polling.js';
import * as api from '../../server/api.js';
import { door } from '../../server/door-api.js';
import { checkIns, doorSettings, doorStaff } from '../../server/door-settings-api.js';
import { isAbort } from '../../server/failures.js';
import { element, setText } from '../../ui/dom.js';
import { toast } from '../../ui/messages.js';
import { filterChoice } from '../../ui/search-box.js';
import { CONNECTION_LOST, sentenceOf } from '../../words/problems.js';
import { checkInList, doubleList } from './check-in-list.js';
import { doorNumbers } from './door-numbers.js';
import { codesPanel, settingsPanel } from './door-settings.js';
import { doorStaffPanel } from './door-staff.js';
import { CHECK_IN_CHOICES } from './door-words.js';
import { studioHead } from './head.js';
import { undo } from './undo-dialog.js';

/** @import { IdVisit, Page } from '../../browser/navigation.js' */
/** @import { Criteria } from './check-in-list.js' */

const TEXTS = Object.freeze({
  /** @param {Api.Event} event */
  title: ({ title }) => `Door: ${title}`,
  toSettle: 'To settle',
  aboutSettling:
    'People who were let in while their device had no network, with a ticket that somebody had used or that was not valid.',
  checkIns: 'Check-ins',
  show: 'Show',
  undone: 'Undone.',
  settled: 'Settled.',
});

const EVERY_MILLISECONDS = 10_000;
const DOUBLE = { state: 'DOUBLE' };

/**
 * An event's door: its numbers, what is to be settled, who stands there, when it opens, and all check-ins.
 * @param {IdVisit} visit
 * @returns {Promise<Page>}
 */
export async function render({ parameters, query, signal }) {
  const { id } = parameters;
  const wanted = { state: CHECK_IN_CHOICES.find(([state]) => state === query.get('state'))?.[0] ?? '' };
  const path = address('studio', id, 'door');
  /** @param {Criteria} criteria @param {string | null} cursor @param {AbortSignal} both */
  const load = ({ state }, cursor, both) => checkIns(id, { state, cursor }, both);
  const owned = api.ownEvent(id, signal);
  const [{ event }, first, settings, staff, open, all] = await Promise.all([
    owned,
    owned.then((known) => numbersOf(known.event, signal)),
    doorSettings(id, signal),
    doorStaff(id, signal),
    load(DOUBLE, null, signal),
    load(wanted, null, signal),
  ]);
  const head = studioHead(event, 'door', {
    signal,
    onDecided({ event: newest }) {
      latest = newest;
      head.update(newest);
      readNumbers().catch(() => {});
    },
  });
  const numbers = doorNumbers(id);
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const lost = element('p', { class: 'notice', role: 'status' });
  const options = { zone: event.time_zone, load, onUndo: takeBack, signal };
  const doubles = doubleList(options);
  const list = checkInList({
    ...options,
    path,
    onFound: ({ state }) => rename(`${path}${state && `?state=${encodeURIComponent(state)}`}`),
  });
  let latest = event;
  let known = first?.doubles ?? 0;

  async function readNumbers() {
    try {
      const newest = await numbersOf(latest, signal);
      setText(lost, '');
      if (newest === null) return;
      numbers.update(newest);
      const before = known;
      known = newest.doubles;
      if (known !== before) await doubles.find(DOUBLE);
    } catch (error) {
      if (!isAbort(error)) setText(lost, CONNECTION_LOST);
      throw error;
    }
  }

  /** @param {Api.ListedCheckIn} checkIn */
  async function takeBack(checkIn) {
    setText(problem, '');
    try {
      const changed = await undo(id, checkIn);
      if (changed === null || signal.aborted) return;
      const { state, undone } = changed;
      list.update(changed.id, { state, undone });
      toast(checkIn.state === 'DOUBLE' ? TEXTS.settled : TEXTS.undone, 'good');
      await Promise.all([doubles.find(DOUBLE), readNumbers()]);
      // The pressed button may be gone.
      list.again.focus();
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error, event.time_zone));
    }
  }

  if (first !== null) numbers.update(first);
  doubles.begin(DOUBLE, open);
  list.begin(wanted, all);
  repeat(EVERY_MILLISECONDS, readNumbers, signal);
  const filter = filterChoice({
    label: TEXTS.show,
    choices: CHECK_IN_CHOICES,
    value: wanted.state,
    onChoose: (state) => list.find({ state }),
  });
  const node = element(
    'div',
    { class: 'page' },
    head.node,
    lost,
    numbers.node,
    problem,
    element(
      'section',
      { class: 'panel', 'aria-labelledby': 'to-settle' },
      element(
        'div',
        {},
        element('h2', { id: 'to-settle' }, TEXTS.toSettle),
        element('p', { class: 'soft' }, TEXTS.aboutSettling),
      ),
      doubles.node,
    ),
    element(
      'section',
      { class: 'panel', 'aria-labelledby': 'check-ins' },
      element('h2', { id: 'check-ins' }, TEXTS.checkIns),
      element('div', { class: 'filters' }, filter.node, list.again),
      list.node,
    ),
    element(
      'div',
      { class: 'door-panels' },
      doorStaffPanel(id, staff),
      settingsPanel(id, settings, () => readNumbers().catch(() => {})),
      codesPanel(id, settings),
    ),
  );
  return { title: TEXTS.title(event), node };
}

/**
 * An event's door in numbers. Null for a draft: it has no door yet.
 * @param {Api.Event} event
 * @param {AbortSignal} signal
 */
async function numbersOf({ id, status }, signal) {
  return status === 'DRAFT' ? null : await door(id, signal);
}
