import * as api from '../../server/api.js';
import { element, setShown } from '../../ui/dom.js';
import { nameWords } from '../../words/facts.js';
import { icon } from '../../ui/icons.js';
import { pagedList } from '../../ui/paged-list.js';
import { rename } from '../../browser/navigation.js';
import { filterChoice } from '../../ui/search-box.js';
import { adminHead } from './head.js';
import { logEntry, subjectWords } from './log-entry.js';

const ACTIONS = [
  'EVENT_CREATED',
  'EVENT_EDITED',
  'EVENT_PUBLISHED',
  'EVENT_CANCELLED',
  'SIMULATION_BEGUN',
  'SIMULATION_UNDONE',
  'USER_CREATED',
  'USER_ROLE_CHANGED',
  'USER_DEACTIVATED',
  'USER_ACTIVATED',
  'USER_PASSWORD_CHANGED',
  'USER_PASSWORD_RESET',
];

/** Who did what to what, and when; narrowed down by person, subject and action. */
export async function render({ query, signal }) {
  let criteria = Object.fromEntries(['actor_id', 'subject_id', 'action'].map((name) => [name, query.get(name) ?? '']));
  const load = (asked, cursor, both) => api.log({ ...asked, cursor }, both);
  const page = await load(criteria, null, signal);
  // What the ids in the filters are called, as the entries say.
  const names = new Map();
  const chips = element('div', { class: 'chips' });

  const list = pagedList({
    signal,
    load,
    make(entry) {
      if (entry.actor) names.set(entry.actor.id, entry.actor.name);
      names.set(entry.subject_id, subjectWords(entry));
      return logEntry(entry, { onActor: (id) => find({ actor_id: id }), onSubject: (id) => find({ subject_id: id }) });
    },
    rows: element('ol', { class: 'log' }),
    nouns: ['entry', 'entries'],
    empty: (asked) =>
      Object.values(asked).every((value) => value === '') ? 'Nothing has happened yet.' : 'Nothing fits these filters.',
    all: { href: '#/admin/log', label: 'Show all entries' },
    onFound(found) {
      const search = new URLSearchParams(Object.entries(found).filter(([, value]) => value !== '')).toString();
      rename(`#/admin/log${search && `?${search}`}`);
      showChips();
    },
  });

  async function find(changes) {
    criteria = { ...criteria, ...changes };
    await list.find(criteria);
    // Who pressed a name in an entry goes on at the filter that it became.
    if (document.activeElement === document.body) (chips.querySelector('button') ?? action).focus();
  }

  function showChips() {
    const { actor_id: actor, subject_id: subject } = list.criteria();
    chips.replaceChildren(
      ...[
        actor && chip(`By ${names.get(actor) ?? actor}`, () => find({ actor_id: '' })),
        subject && chip(`About ${names.get(subject) ?? subject}`, () => find({ subject_id: '' })),
      ].filter(Boolean),
    );
    setShown(chips, chips.children.length > 0);
  }

  const known = ACTIONS.includes(criteria.action) || criteria.action === '' ? ACTIONS : [...ACTIONS, criteria.action];
  const filter = filterChoice({
    label: 'Action',
    choices: [['', 'Every action'], ...known.map((one) => [one, nameWords(one)])],
    value: criteria.action,
    onChoose: (chosen) => find({ action: chosen }),
  });
  const action = filter.querySelector('select');

  list.begin(criteria, page);
  showChips();
  const node = element(
    'section',
    { class: 'page' },
    adminHead('log', 'Log', { text: 'Who did what, newest first. Entries are never changed.' }),
    element('div', { class: 'panel' }, element('div', { class: 'filters' }, filter, chips, list.again), list.node),
  );
  return { title: 'Log', node };
}

function chip(text, onDrop) {
  return element(
    'button',
    { type: 'button', class: 'chip', onclick: onDrop },
    element('bdi', {}, text),
    element('span', { class: 'visually-hidden' }, ': drop this filter'),
    icon('close'),
  );
}
