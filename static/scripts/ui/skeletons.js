import { element } from './dom.js';

const TEXTS = Object.freeze({
  loading: 'Loading…',
});

const CARDS = 6;
const LINES = 8;

/** @typedef {'cards' | 'event' | 'lines' | 'panels'} Shape */

/**
 * A placeholder for a page that is loading.
 * @param {Shape} shape
 */
export function skeleton(shape) {
  /** @type {(count: number, make: () => HTMLElement) => HTMLElement[]} */
  const many = (count, make) => Array.from({ length: count }, make);
  const block = () => element('div', { class: 'skeleton-block' });
  const shapes = {
    cards: () => element('div', { class: 'cards' }, many(CARDS, block)),
    lines: () =>
      element(
        'div',
        { class: 'panel' },
        many(LINES, () => element('div', { class: 'skeleton-line' })),
      ),
    // An event's bar is there from the first paint on.
    event: () =>
      element(
        'div',
        { class: 'event-columns' },
        block(),
        block(),
        element('div', { class: 'action-bar' }, element('p', { class: 'bar-words' }, TEXTS.loading)),
      ),
    panels: () => element('div', { class: 'event-columns' }, block(), block()),
  };
  return element(
    'div',
    { class: 'skeleton', role: 'status' },
    element('span', { class: 'visually-hidden' }, TEXTS.loading),
    element('div', { class: 'skeleton-head' }),
    shapes[shape](),
  );
}
