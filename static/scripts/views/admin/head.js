import { element } from '../../ui/dom.js';
import { subNav } from '../../ui/sub-nav.js';

/** @import { Child } from '../../ui/dom.js' */
/** @import { Way } from '../../ui/sub-nav.js' */

const TEXTS = Object.freeze({
  stressTest: 'Stress test',
  users: 'Users',
  invitations: 'Invitations',
  messages: 'Messages',
  log: 'Log',
  administration: 'Administration',
});

/** @type {Way[]} */
const WAYS = [
  { name: 'test', label: TEXTS.stressTest, href: '/admin', icon: 'bolt' },
  { name: 'users', label: TEXTS.users, href: '/admin/people', icon: 'people' },
  { name: 'invitations', label: TEXTS.invitations, href: '/admin/organizers', icon: 'person' },
  { name: 'messages', label: TEXTS.messages, href: '/admin/messages', icon: 'message' },
  { name: 'log', label: TEXTS.log, href: '/admin/log', icon: 'log' },
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
    subNav(TEXTS.administration, WAYS, current),
    back,
    element('div', {}, element('h1', {}, title), text && element('p', { class: 'soft' }, text)),
  );
}
