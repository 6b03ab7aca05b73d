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
  const list = element(
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
  );
  showCurrent(list);
  return element('nav', { class: 'sub-nav', 'aria-label': label }, list);
}

/**
 * Scrolls the current link into sight once the list is shown: on a narrow screen it may be beyond the edge.
 * @param {HTMLElement} list
 */
function showCurrent(list) {
  const observer = new ResizeObserver(() => {
    const link = list.querySelector('[aria-current]');
    if (!(link instanceof HTMLElement) || list.clientWidth === 0) return;
    list.scrollLeft += link.getBoundingClientRect().right - list.getBoundingClientRect().right;
    observer.disconnect();
  });
  observer.observe(list);
}
