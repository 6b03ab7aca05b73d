import { element } from '../dom.js';
import { subNav } from '../sub-nav.js';

const WAYS = [
  { name: 'test', label: 'Stress test', href: '#/admin', icon: 'bolt' },
  { name: 'users', label: 'Users', href: '#/admin/users', icon: 'people' },
  { name: 'log', label: 'Log', href: '#/admin/log', icon: 'log' },
];

/** What stands over every page for administrators: the ways between them, its title and a line under it. */
export function adminHead(current, title, more) {
  return element(
    'header',
    { class: 'stack' },
    subNav('Administration', WAYS, current),
    element('div', {}, element('h1', {}, title), element('div', { class: 'soft' }, more)),
  );
}
