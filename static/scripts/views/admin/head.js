import { element } from '../../ui/dom.js';
import { subNav } from '../../ui/sub-nav.js';

const WAYS = [
  { name: 'test', label: 'Stress test', href: '#/admin', icon: 'bolt' },
  { name: 'users', label: 'Users', href: '#/admin/users', icon: 'people' },
  { name: 'log', label: 'Log', href: '#/admin/log', icon: 'log' },
];

/** What stands over every page for administrators: the ways between them, a way `back`, its title, a line under it. */
export function adminHead(current, title, { text, back } = {}) {
  return element(
    'header',
    { class: 'stack' },
    subNav('Administration', WAYS, current),
    back,
    element('div', {}, element('h1', {}, title), text && element('p', { class: 'soft' }, text)),
  );
}
