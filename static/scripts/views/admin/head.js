import { element } from '../../ui/dom.js';
import { subNav } from '../../ui/sub-nav.js';

/** @import { Child } from '../../ui/dom.js' */
/** @import { Way } from '../../ui/sub-nav.js' */

/** @type {Way[]} */
const WAYS = [
  { name: 'test', label: 'Stress test', href: '/admin', icon: 'bolt' },
  { name: 'users', label: 'Users', href: '/admin/people', icon: 'people' },
  { name: 'messages', label: 'Messages', href: '/admin/messages', icon: 'message' },
  { name: 'log', label: 'Log', href: '/admin/log', icon: 'log' },
];

/**
 * The head of an administrator's page: links between the pages, and the title.
 * @param {string} current the current page's name
 * @param {string} title
 * @param {{ text?: string, back?: Child }} [more] a line under the title, and a link back
 */
export function adminHead(current, title, { text, back } = {}) {
  return element(
    'header',
    { class: 'stack' },
    subNav('Administration', WAYS, current),
    back,
    element('div', {}, element('h1', {}, title), text && element('p', { class: 'soft' }, text)),
  );
}
