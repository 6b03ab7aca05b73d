// The bar around every page: the name, the links to the sections, the signed-in user.

import { currentPath, signInAddress } from '../browser/navigation.js';
import * as session from '../server/session.js';
import { element, setChildren, setText } from '../ui/dom.js';
import { icon } from '../ui/icons.js';
import { onArrival } from './router.js';
import { themeToggle } from './theme.js';

/** @import { IconName } from '../ui/icons.js' */

const TEXTS = Object.freeze({
  events: 'Events',
  myTickets: 'My tickets',
  studio: 'Studio',
  admin: 'Admin',
  onsale: 'Onsale',
  main: 'Main',
  signIn: 'Sign in',
  yourMessages: 'Your messages',
  accountOf: 'Account of ',
});

/** @typedef {{ section: string, href: string, label: string, icon: IconName, needs?: Api.Role }} Way */

/** @type {Way[]} */
const WAYS = [
  { section: 'events', href: '/events', label: TEXTS.events, icon: 'calendar' },
  { section: 'registrations', href: '/tickets', label: TEXTS.myTickets, icon: 'ticket', needs: 'AUDIENCE' },
  { section: 'studio', href: '/studio', label: TEXTS.studio, icon: 'studio', needs: 'ORGANIZER' },
  { section: 'admin', href: '/admin', label: TEXTS.admin, icon: 'bolt', needs: 'ADMIN' },
];

let section = '';

/**
 * Fills the bar and keeps it up to date.
 * @param {HTMLElement} bar
 */
export function startShell(bar) {
  const list = element('ul', { class: 'ways' });
  const account = accountPart();
  const ways = WAYS.map((one) => ({ ...one, ...wayPart(one) }));
  bar.append(
    element(
      'div',
      { class: 'top-bar-inner' },
      element('a', { class: 'brand', href: '/events' }, icon('ticket'), element('span', {}, TEXTS.onsale)),
      element('nav', { class: 'main-nav', 'aria-label': TEXTS.main }, list),
      element('div', { class: 'top-end' }, themeToggle(), account.node),
    ),
  );
  const fill = () => {
    for (const one of ways) setCurrent(one.link, one.section === section);
    const shown = ways.filter(({ needs }) => !needs || session.hasRole(needs));
    setChildren(
      list,
      shown.map(({ node }) => node),
    );
    document.body.classList.toggle('has-ways', shown.length > 1);
    account.update();
  };
  session.onChange(fill);
  onArrival((route) => {
    section = route.section ?? '';
    fill();
  });
}

/** @param {Way} way */
function wayPart({ href, label, icon: name }) {
  const link = element('a', { href }, icon(name), element('span', {}, label));
  return { node: element('li', {}, link), link };
}

/** The link to sign in, or to the account of whoever is. */
function accountPart() {
  const signIn = element('a', { class: 'button button-small' }, TEXTS.signIn);
  const initial = element('span', { class: 'initial', 'aria-hidden': 'true' });
  const name = element('span', { class: 'account-name' });
  const link = element(
    'a',
    { class: 'account-link', href: '/account' },
    initial,
    element('span', { class: 'visually-hidden' }, TEXTS.accountOf),
    name,
  );
  const messages = element(
    'a',
    { class: 'icon-button', href: '/messages', 'aria-label': TEXTS.yourMessages },
    icon('message'),
  );
  const node = element('div', { class: 'top-account' });
  return {
    node,
    update() {
      const user = session.user();
      const here = ['sign-in', 'sign-up'].includes(section);
      signIn.href = here ? currentPath() : signInAddress();
      setCurrent(signIn, here);
      setText(initial, [...(user?.name ?? '')][0]?.toUpperCase() ?? '');
      setText(name, user?.name ?? '');
      setCurrent(link, section === 'account');
      setCurrent(messages, section === 'messages');
      setChildren(node, user === null ? [signIn] : [messages, link]);
    },
  };
}

/**
 * @param {HTMLElement} link
 * @param {boolean} isCurrent
 */
function setCurrent(link, isCurrent) {
  if (isCurrent) link.setAttribute('aria-current', 'page');
  else link.removeAttribute('aria-current');
}
