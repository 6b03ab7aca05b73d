import { svgElement } from './dom.js';

const SHAPES = {
  bolt: ['M13 3 5 14h6l-1 7 8-11h-6z'],
  calendar: [
    'M5 5h14a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z',
    'M4 10h16',
    'M8 3v4',
    'M16 3v4',
  ],
  chart: ['M4 20h16', 'M7 20v-6', 'M12 20V6', 'M17 20v-9'],
  check: ['m5 12.5 4.5 4.500L19 7.5'],
  clock: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M12 7v5l3.5 2'],
  close: ['m6 6 12 12', 'M18 6 6 18'],
  download: ['M12 4v11', 'm7.5 11 4.5 4.500L16.5 11', 'M5 19.500h14'],
  leave: ['M10 4H5a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h5', 'M15 8l4 4-4 4', 'M19 12H9'],
  log: ['M8 6h12', 'M8 12h12', 'M8 18h12', 'M4 6h.1', 'M4 12h.1', 'M4 18h.1'],
  minus: ['M5 12h14'],
  moon: ['M20 14.500A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.500z'],
  people: [
    'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
    'M2.5 20a6.5 6.5 0 0 1 13 0',
    'M16 5.300a3.5 3.5 0 0 1 0 6.4',
    'M18 14.300a6.5 6.5 0 0 1 3.5 5.7',
  ],
  person: ['M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', 'M4.5 20.500a7.5 7.5 0 0 1 15 0'],
  pin: [
    'M12 21c4-4.5 6.5-8 6.5-11a6.5 6.5 0 0 0-13 0c0 3 2.5 6.5 6.5 11z',
    'M12 8a2.2 2.2 0 1 0 0 4.400A2.2 2.2 0 0 0 12 8z',
  ],
  plus: ['M12 5v14', 'M5 12h14'],
  refresh: ['M20 11a8 8 0 1 0-2.3 6.6', 'M20 5v6h-6'],
  search: ['M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z', 'm15.5 15.5 5 5'],
  share: ['M12 15V4', 'm8 7.500 4-4 4 4', 'M7 11H6a1 1 0 0 0-1 1v7a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-7a1 1 0 0 0-1-1h-1'],
  studio: ['M4 6h9', 'M17 6h3', 'M15 4v4', 'M4 12h3', 'M11 12h9', 'M9 10v4', 'M4 18h11', 'M19 18h1', 'M17 16v4'],
  sun: [
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
    'M12 2.500v2',
    'M12 19.500v2',
    'm5.3 5.3 1.4 1.4',
    'm17.3 17.3 1.4 1.4',
    'M2.5 12h2',
    'M19.5 12h2',
    'm5.3 18.7 1.4-1.4',
    'm17.3 6.7 1.4-1.4',
  ],
  ticket: [
    'M4 6h16a1 1 0 0 1 1 1v2.500a2.5 2.5 0 0 0 0 5V17a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-2.500a2.5 2.5 0 0 0 0-5V7a1 1 0 0 1 1-1z',
    'M14.5 6.500v2',
    'M14.5 11v2',
    'M14.5 15.500v2',
  ],
  warning: ['M12 4 2.5 20h19z', 'M12 10v4.5', 'M12 17.200v.1'],
};

/** @typedef {keyof typeof SHAPES} IconName */

/**
 * A drawing beside a text. Screen readers skip it.
 * @param {IconName} name
 */
export function icon(name) {
  return svgElement(
    'svg',
    { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    SHAPES[name].map((shape) => svgElement('path', { d: shape })),
  );
}
