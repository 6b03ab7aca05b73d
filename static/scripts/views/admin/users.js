import { go, rename, show } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import * as session from '../../server/session.js';
import { dataTable } from '../../ui/data-table.js';
import { element } from '../../ui/dom.js';
import { pagedList } from '../../ui/paged-list.js';
import { filterChoice, searchBox, searchedText } from '../../ui/search-box.js';
import { badge } from '../../ui/seats.js';
import { stateWords } from '../../words/facts.js';
import { dateAndTime } from '../../words/times.js';
import { adminHead } from './head.js';
import { manageUser } from './user-dialog.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */
/** @import { Column } from '../../ui/data-table.js' */

const TEXTS = Object.freeze({
  anyRole: 'Any role',
  audience: 'Audience',
  organizers: 'Organizers',
  administrators: 'Administrators',
  anyAccess: 'Any access',
  active: 'Active',
  deactivated: 'Deactivated',
  usersNewestFirst: 'Users, newest first',
  noMatches: 'No matches.',
  clearFilters: 'Clear filters',
  users: 'Users',
  allAccountsNewestFirst: 'All accounts, newest first',
  searchUsers: 'Search users',
  nameOrEMail: 'Name or e-mail',
  role: 'Role',
  access: 'Access',
  name: 'Name',
  you: ' (you)',
  memberSince: 'Member since',
  actions: 'Actions',
  manage: 'Manage',
});

/** @typedef {{ q: string, role: string, is_active: string }} Criteria */

/** @type {[value: string, label: string][]} */
const ROLES = [
  ['', TEXTS.anyRole],
  ['AUDIENCE', TEXTS.audience],
  ['ORGANIZER', TEXTS.organizers],
  ['ADMIN', TEXTS.administrators],
];
/** @type {[value: string, label: string][]} */
const ACCESS = [
  ['', TEXTS.anyAccess],
  ['true', TEXTS.active],
  ['false', TEXTS.deactivated],
];
/**
 * The users, with a search and a dialog to manage each of them.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ query, signal }) {
  let criteria = {
    q: searchedText(query),
    role: chosen(ROLES, query.get('role')),
    is_active: chosen(ACCESS, query.get('is_active')),
  };
  /** @type {(criteria: Criteria, cursor: string | null, both: AbortSignal) => Promise<Api.PersonPage>} */
  const load = (asked, cursor, both) => api.users({ ...asked, cursor }, both);
  const page = await load(criteria, null, signal);

  const table = dataTable({ caption: TEXTS.usersNewestFirst, columns: columns(manage) });
  const list = pagedList({
    signal,
    load,
    keyOf: ({ id }) => id,
    make: userRow,
    rows: table.body,
    frame: table.node,
    nouns: ['user', 'users'],
    empty: () => TEXTS.noMatches,
    all: { href: '/admin/people', label: TEXTS.clearFilters },
    onFound(found) {
      const search = new URLSearchParams(Object.entries(found).filter(([, value]) => value !== '')).toString();
      rename(`/admin/people${search && `?${search}`}`);
    },
  });

  /** @param {Api.Person} user */
  function userRow(user) {
    const node = table.row(user);
    let known = user;
    return {
      node,
      /**
       * Fills the row anew instead of replacing it, so that it keeps its place in the list.
       * @param {Partial<Api.Person>} newest
       */
      update(newest) {
        known = { ...known, ...newest };
        node.replaceChildren(...table.row(known).childNodes);
      },
    };
  }

  /** @param {string} id */
  async function manage(id) {
    const user = list.items().find((one) => one.id === id);
    if (user === undefined) return;
    await manageUser(user, (newest) => {
      list.update(id, newest);
      if (newest.id === session.user()?.id) changedOneself(newest);
    });
    const button = table.body.querySelector(`[data-user="${CSS.escape(id)}"]`);
    if (!signal.aborted && button instanceof HTMLElement) button.focus();
  }

  /** @param {Partial<Criteria>} changes */
  const find = (changes) => {
    criteria = { ...criteria, ...changes };
    list.find(criteria);
  };
  list.begin(criteria, page);
  const node = element(
    'section',
    { class: 'page' },
    adminHead('users', TEXTS.users, { text: TEXTS.allAccountsNewestFirst }),
    element(
      'div',
      { class: 'panel' },
      element(
        'div',
        { class: 'filters' },
        searchBox({
          label: TEXTS.searchUsers,
          placeholder: TEXTS.nameOrEMail,
          value: criteria.q,
          onSearch: (q) => find({ q }),
          signal,
        }),
        filterChoice({ label: TEXTS.role, choices: ROLES, value: criteria.role, onChoose: (role) => find({ role }) })
          .node,
        filterChoice({
          label: TEXTS.access,
          choices: ACCESS,
          value: criteria.is_active,
          onChoose: (is_active) => find({ is_active }),
        }).node,
        list.again,
      ),
      list.node,
    ),
  );
  return { title: TEXTS.users, node };
}

/**
 * The choice's value that an address names, or the empty one.
 * @param {[value: string, label: string][]} choices
 * @param {string | null} named
 */
function chosen(choices, named) {
  return choices.find(([value]) => value === named)?.[0] ?? '';
}

/**
 * An administrator has changed their own account.
 * @param {Api.Person} newest
 */
function changedOneself({ role, is_active: active }) {
  if (!active) {
    session.end('signed-out');
    go('/events');
    return;
  }
  const user = session.user();
  if (user !== null) session.refresh({ ...user, role });
  // The user may not see this page any more.
  if (!session.hasRole('ADMIN')) show();
}

/**
 * @param {(id: string) => void} manage
 * @returns {Column<Api.Person>[]}
 */
function columns(manage) {
  return [
    {
      label: TEXTS.name,
      cell: ({ id, name, email }) => [
        element(
          'span',
          { class: 'cell-main' },
          element('bdi', {}, name),
          id === session.user()?.id && element('span', { class: 'soft' }, TEXTS.you),
        ),
        element('span', { class: 'cell-second' }, email),
      ],
    },
    { label: TEXTS.role, cell: ({ role }) => stateWords(role) },
    {
      label: TEXTS.access,
      cell: ({ is_active: active }) => (active ? badge(TEXTS.active, 'good') : badge(TEXTS.deactivated, 'bad')),
    },
    { label: TEXTS.memberSince, kind: 'cell-time', cell: ({ created_at: at }) => dateAndTime(at) },
    {
      purpose: TEXTS.actions,
      cell: ({ id, name }) =>
        element(
          'button',
          { type: 'button', class: 'button button-small', 'data-user': id, onclick: () => manage(id) },
          TEXTS.manage,
          element('span', { class: 'visually-hidden' }, ` ${name}`),
        ),
    },
  ];
}
