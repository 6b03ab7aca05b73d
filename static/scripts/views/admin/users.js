import * as api from '../../server/api.js';
import { dataTable } from '../../ui/data-table.js';
import { element } from '../../ui/dom.js';
import { stateWords } from '../../words/facts.js';
import { pagedList } from '../../ui/paged-list.js';
import { go, rename, show } from '../../browser/navigation.js';
import { filterChoice, searchBox } from '../../ui/search-box.js';
import { badge } from '../../ui/seats.js';
import * as session from '../../server/session.js';
import { dateAndTime } from '../../words/times.js';
import { adminHead } from './head.js';
import { manageUser } from './user-dialog.js';

const ROLES = [
  ['', 'Every role'],
  ['AUDIENCE', 'Audience'],
  ['ORGANIZER', 'Organizers'],
  ['ADMIN', 'Administrators'],
];
const ACCESS = [
  ['', 'Everybody'],
  ['true', 'May sign in'],
  ['false', 'Deactivated'],
];
const TONES = { AUDIENCE: 'quiet', ORGANIZER: 'calm', ADMIN: 'warm' };

/** The people, with a search, and what an administrator may do about each. */
export async function render({ query, signal }) {
  const filters = { role: ROLES, is_active: ACCESS };
  let criteria = { q: query.get('q') ?? '' };
  for (const [name, choices] of Object.entries(filters))
    criteria[name] = choices.some(([value]) => value === query.get(name)) ? query.get(name) : '';
  const load = (asked, cursor, both) => api.users({ ...asked, cursor }, both);
  const page = await load(criteria, null, signal);

  const table = dataTable({ caption: 'Users, newest first', columns: columns(manage) });
  const list = pagedList({
    signal,
    load,
    make: userRow,
    rows: table.body,
    frame: table.node,
    nouns: ['user', 'users'],
    empty: () => 'Nobody fits this search.',
    all: { href: '#/admin/users', label: 'Show everybody' },
    onFound(found) {
      const search = new URLSearchParams(Object.entries(found).filter(([, value]) => value !== '')).toString();
      rename(`#/admin/users${search && `?${search}`}`);
    },
  });

  function userRow(user) {
    const row = { node: table.row(user) };
    // The row is filled anew, not replaced: its place in the list, and the focus in it, stay.
    row.update = (newest) => row.node.replaceChildren(...table.row(newest).childNodes);
    return row;
  }

  async function manage(id) {
    const user = list.items().find((one) => one.id === id);
    await manageUser(user, (newest) => {
      list.update(newest);
      if (newest.id === session.user()?.id) changedOneself(newest);
    });
    if (!signal.aborted) table.body.querySelector(`[data-user="${CSS.escape(id)}"]`)?.focus();
  }

  const find = (changes) => {
    criteria = { ...criteria, ...changes };
    list.find(criteria);
  };
  list.begin(criteria, page);
  const node = element(
    'section',
    { class: 'page' },
    adminHead('users', 'Users', { text: 'Everybody with an account, newest first' }),
    element(
      'div',
      { class: 'panel' },
      element(
        'div',
        { class: 'filters' },
        searchBox({
          label: 'Search users',
          placeholder: 'Name or e-mail',
          value: criteria.q,
          onSearch: (q) => find({ q }),
          signal,
        }),
        filterChoice({ label: 'Role', choices: ROLES, value: criteria.role, onChoose: (role) => find({ role }) }),
        filterChoice({
          label: 'Access',
          choices: ACCESS,
          value: criteria.is_active,
          onChoose: (is_active) => find({ is_active }),
        }),
        list.again,
      ),
      list.node,
    ),
  );
  return { title: 'Users', node };
}

function changedOneself({ role, is_active: active }) {
  if (!active) {
    session.end('signed-out');
    go('#/events');
    return;
  }
  session.refresh({ ...session.user(), role });
  // This page may not be for oneself any more.
  if (!session.hasRole('ADMIN')) show();
}

function columns(manage) {
  return [
    {
      label: 'Name',
      cell: ({ id, name, email }) => [
        element(
          'span',
          { class: 'cell-main' },
          element('bdi', {}, name),
          id === session.user()?.id && element('span', { class: 'soft' }, ' (you)'),
        ),
        element('span', { class: 'cell-second' }, email),
      ],
    },
    { label: 'Role', cell: ({ role }) => badge(stateWords(role), TONES[role] ?? 'quiet') },
    {
      label: 'Access',
      cell: ({ is_active: active }) => (active ? badge('Active', 'good') : badge('Deactivated', 'bad')),
    },
    { label: 'Since', kind: 'cell-time', cell: ({ created_at: at }) => dateAndTime(at) },
    {
      purpose: 'What to do',
      cell: ({ id, name }) =>
        element(
          'button',
          { type: 'button', class: 'button button-small', 'data-user': id, onclick: () => manage(id) },
          'Manage',
          element('span', { class: 'visually-hidden' }, ` ${name}`),
        ),
    },
  ];
}
