import { element } from './dom.js';
import { icon } from './icons.js';

/** The ways between pages that belong together: `ways` are `{ name, label, href, icon }`, `current` is a name. */
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
