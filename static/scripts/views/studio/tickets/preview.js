// The preview beside the editor.

import { element } from '../../../ui/dom.js';
import { previewOf } from './preview-words.js';

/** @import { PreviewPrice, PreviewType } from './preview-words.js' */

const TEXTS = Object.freeze({
  asBuyersWillSeeIt: 'As buyers will see it',
  noNameYet: '(no name yet)',
  noPriceThatEverybodyCan: 'No price that everybody can see.',
  onlyWithACode: 'Only with a code:',
});

/** Types and prices as buyers will see them. */
export function ticketsPreview() {
  const content = element('div', { class: 'preview' });
  const node = element(
    'section',
    { class: 'panel', 'aria-labelledby': 'preview' },
    element('h2', { id: 'preview' }, TEXTS.asBuyersWillSeeIt),
    content,
  );
  return {
    node,
    /**
     * @param {Api.TicketsDocument} document
     * @param {Api.TicketsCounts} counts
     * @param {string} zone the event's
     */
    update(document, counts, zone) {
      const { types, payment } = previewOf(document, counts, zone);
      content.replaceChildren(
        ...types.map(typeNode),
        ...payment.map((words) => element('p', { class: 'hint' }, words)),
      );
    },
  };
}

/** @param {PreviewType} type */
function typeNode({ name, facts, prices, hidden }) {
  return element(
    'div',
    { class: 'preview-type' },
    element('h3', { dir: 'auto' }, name || TEXTS.noNameYet),
    element('p', { class: 'hint' }, facts.join(' · ')),
    element('ul', { class: 'preview-prices' }, prices.map(priceNode)),
    prices.length === 0 && element('p', { class: 'soft' }, TEXTS.noPriceThatEverybodyCan),
    hidden.length > 0 && element('p', { class: 'hint' }, TEXTS.onlyWithACode),
    hidden.length > 0 && element('ul', { class: 'preview-prices' }, hidden.map(priceNode)),
  );
}

/** @param {PreviewPrice} price */
function priceNode({ name, amount, notes }) {
  return element(
    'li',
    {},
    element('span', { dir: 'auto' }, name || TEXTS.noNameYet),
    ' ',
    element('strong', {}, amount),
    notes.length > 0 && element('span', { class: 'hint' }, notes.join(', ')),
  );
}
