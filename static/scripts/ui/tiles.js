import { element } from './dom.js';

/**
 * A figure with its label, for a list of the class `tiles`, or `tiles-row` where they stand in a line of their own.
 * @param {string} label
 * @param {string} [words] the figure
 */
export function tile(label, words = '') {
  const term = element('dt', {}, label);
  const value = element('dd', {}, words);
  return { term, value, node: element('div', { class: 'tile' }, term, value) };
}
