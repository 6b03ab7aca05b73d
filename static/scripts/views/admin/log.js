import { rename } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import { element, setShown } from '../../ui/dom.js';
import { icon } from '../../ui/icons.js';
import { pagedList } from '../../ui/paged-list.js';
import { filterChoice } from '../../ui/search-box.js';
import { nameWords } from '../../words/facts.js';
import { adminHead } from './head.js';
import { logEntry, subjectWords } from './log-entry.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  noEntriesYet: 'No entries yet.',
  noMatches: 'No matches.',
  clearFilters: 'Clear filters',
  /** @param {string} name */
  by: (name) => `By ${name}`,
  /** @param {string} name */
  about: (name) => `About ${name}`,
  anyAction: 'Any action',
  action: 'Action',
  log: 'Log',
  allChangesNewestFirstEntries: 'All changes, newest first. Entries never change.',
  removeThisFilter: ': remove this filter',
});

/** @typedef {{ actor_id: string, subject_id: string, action: string }} Criteria */

const ACTIONS = [
  'EVENT_CREATED',
  'EVENT_DELETED',
  'EVENT_EDITED',
  'EVENT_PUBLISHED',
  'EVENT_CANCELLED',
  'EVENT_HANDED_OVER',
  'EVENT_PICTURE_CHANGED',
  'DOOR_CHANGED',
  'DOOR_KEY_RENEWED',
  'DOOR_STAFF_ADDED',
  'DOOR_STAFF_REMOVED',
  'REGISTRATION_REMOVED',
  'SIMULATION_BEGUN',
  'SIMULATION_STOPPED',
  'SIMULATION_UNDONE',
  'USER_CREATED',
  'USER_ROLE_CHANGED',
  'USER_DEACTIVATED',
  'USER_ACTIVATED',
  'USER_PASSWORD_CHANGED',
  'USER_PASSWORD_RESET',
  'USER_ERASED',
  'USER_ADDRESS_CHANGED',
  'USER_INVITED',
  'API_KEY_CREATED',
  'API_KEY_REVOKED',
  'WEBHOOK_CREATED',
  'WEBHOOK_CHANGED',
  'WEBHOOK_SECRET_CHANGED',
  'WEBHOOK_DELETED',
];

/**
 * The audit log, with filters by person, subject and action.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ query, signal }) {
  let criteria = {
    actor_id: query.get('actor_id') ?? '',
    subject_id: query.get('subject_id') ?? '',
    action: query.get('action') ?? '',
  };
  /** @type {(criteria: Criteria, cursor: string | null, both: AbortSignal) => Promise<Api.AuditEntryPage>} */
  const load = (asked, cursor, both) => api.log({ ...asked, cursor }, both);
  const page = await load(criteria, null, signal);
  /** The names of the ids in the filters, from the entries. @type {Map<string, string>} */
  const names = new Map();
  const chips = element('div', { class: 'chips' });

  const list = pagedList({
    signal,
    load,
    keyOf: ({ id }) => id,
    /** @param {Api.AuditEntry} entry */
    make(entry) {
      if (entry.actor) names.set(entry.actor.id, entry.actor.name);
      names.set(entry.subject_id, subjectWords(entry));
      return logEntry(entry, { onActor: (id) => find({ actor_id: id }), onSubject: (id) => find({ subject_id: id }) });
    },
    rows: element('ol', { class: 'log' }),
    nouns: ['entry', 'entries'],
    empty: (asked) => (Object.values(asked).every((value) => value === '') ? TEXTS.noEntriesYet : TEXTS.noMatches),
    all: { href: '/admin/log', label: TEXTS.clearFilters },
    onFound(found) {
      const search = new URLSearchParams(Object.entries(found).filter(([, value]) => value !== '')).toString();
      rename(`/admin/log${search && `?${search}`}`);
      showChips();
    },
  });

  /** @param {Partial<Criteria>} changes */
  async function find(changes) {
    criteria = { ...criteria, ...changes };
    await list.find(criteria);
    // The pressed name is gone with its entry. The focus moves to the filter that it became.
    if (document.activeElement === document.body) (chips.querySelector('button') ?? filter.select).focus();
  }

  function showChips() {
    const { actor_id: actor, subject_id: subject } = list.criteria();
    chips.replaceChildren(
      ...(actor ? [chip(TEXTS.by(names.get(actor) ?? actor), () => find({ actor_id: '' }))] : []),
      ...(subject ? [chip(TEXTS.about(names.get(subject) ?? subject), () => find({ subject_id: '' }))] : []),
    );
    setShown(chips, chips.children.length > 0);
  }

  const known = ACTIONS.includes(criteria.action) || criteria.action === '' ? ACTIONS : [...ACTIONS, criteria.action];
  /** @type {[value: string, label: string][]} */
  const choices = [
    ['', TEXTS.anyAction],
    ...known.map((one) => /** @type {[string, string]} */ ([one, nameWords(one)])),
  ];
  const filter = filterChoice({
    label: TEXTS.action,
    choices,
    value: criteria.action,
    onChoose: (chosen) => find({ action: chosen }),
  });

  list.begin(criteria, page);
  showChips();
  const node = element(
    'section',
    { class: 'page' },
    adminHead('log', TEXTS.log, { text: TEXTS.allChangesNewestFirstEntries }),
    element('div', { class: 'panel' }, element('div', { class: 'filters' }, filter.node, chips, list.again), list.node),
  );
  return { title: TEXTS.log, node };
}

/**
 * @param {string} text
 * @param {() => void} onDrop
 */
function chip(text, onDrop) {
  return element(
    'button',
    { type: 'button', class: 'chip', onclick: onDrop },
    element('bdi', {}, text),
    element('span', { class: 'visually-hidden' }, TEXTS.removeThisFilter),
    icon('close'),
  );
}
