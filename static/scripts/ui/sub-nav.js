import { element } from './dom.js';
import { icon } from './icons.js';

/** @import { IconName } from './icons.js' */

/** @typedef {{ name: string, label: string, href: string, icon: IconName }} Way */

/**
 * The links between pages that belong together.
 * @param {string} label
 * @param {Way[]} ways
 * @param {string} current the current page's name
 */
export function subNav(label, ways, current) {
  return element(
    'nav',
    { class: 'sub-nav', 'aria-label': label },
    element(
      'ul',
      {},
      ways.map((way) =>
        element(
          'li',
          {},
          element(
            'a',
            { href: way.href, 'aria-current': way.name === current ? 'page' : false },
            icon(way.icon),
            way.label,
          ),
        ),
      ),
    ),
  );
}
