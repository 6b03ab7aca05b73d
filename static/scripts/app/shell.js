// The bar around every page: the name, the links to the sections, the signed-in user.

import { currentPath, signInAddress } from '../browser/navigation.js';
import * as session from '../server/session.js';
import { element } from '../ui/dom.js';
import { icon } from '../ui/icons.js';
import { onArrival } from './router.js';
import { themeToggle } from './theme.js';

/** @import { IconName } from '../ui/icons.js' */

/** @typedef {{ section: string, href: string, label: string, icon: IconName, needs?: Api.Role }} Way */

/** @type {Way[]} */
const WAYS = [
  { section: 'events', href: '/events', label: 'Events', icon: 'calendar' },
  { section: 'registrations', href: '/tickets', label: 'My tickets', icon: 'ticket', needs: 'AUDIENCE' },
  { section: 'studio', href: '/studio', label: 'Studio', icon: 'studio', needs: 'ORGANIZER' },
  { section: 'admin', href: '/admin', label: 'Admin', icon: 'bolt', needs: 'ADMIN' },
];

let section = '';

/**
 * Fills the bar and keeps it up to date.
 * @param {HTMLElement} bar
 */
export function startShell(bar) {
  const list = element('ul', { class: 'ways' });
  const account = element('div', { class: 'top-account' });
  bar.append(
    element(
      'div',
      { class: 'top-bar-inner' },
      element('a', { class: 'brand', href: '/events' }, icon('ticket'), element('span', {}, 'Onsale')),
      element('nav', { class: 'main-nav', 'aria-label': 'Main' }, list),
      element('div', { class: 'top-end' }, themeToggle(), account),
    ),
  );
  const fill = () => {
    const focused = bar.contains(document.activeElement) ? document.activeElement?.getAttribute('href') : null;
    list.replaceChildren(...WAYS.filter(({ needs }) => !needs || session.hasRole(needs)).map(way));
    document.body.classList.toggle('has-ways', list.children.length > 1);
    account.replaceChildren(...accountLinks());
    // The links are new nodes. The one that had the focus gets it back.
    if (focused) [...bar.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused)?.focus();
  };
  session.onChange(fill);
  onArrival((route) => {
    section = route.section ?? '';
    fill();
  });
}

/** @param {Way} way */
function way({ section: own, href, label, icon: name }) {
  const current = own === section ? 'page' : false;
  return element('li', {}, element('a', { href, 'aria-current': current }, icon(name), element('span', {}, label)));
}

function accountLinks() {
  const user = session.user();
  if (user === null) {
    const here = ['sign-in', 'sign-up'].includes(section);
    const href = here ? `${currentPath()}` : signInAddress();
    return [element('a', { class: 'button button-small', href, 'aria-current': here ? 'page' : false }, 'Sign in')];
  }
  /** @param {string} own */
  const current = (own) => (section === own ? 'page' : false);
  return [
    element(
      'a',
      { class: 'icon-button', href: '/messages', 'aria-current': current('messages'), 'aria-label': 'Your messages' },
      icon('message'),
    ),
    element(
      'a',
      { class: 'account-link', href: '/account', 'aria-current': current('account') },
      element('span', { class: 'initial', 'aria-hidden': 'true' }, [...user.name][0]?.toUpperCase()),
      element('span', { class: 'visually-hidden' }, 'Account of '),
      element('span', { class: 'account-name' }, user.name),
    ),
  ];
}
