// A text with light formatting. The server has read it; here its tree becomes nodes, by their kinds, and nothing else does.

import { element } from './dom.js';
import { linkAddress } from './links.js';

/** @import { Child } from './dom.js' */

/**
 * A part of a text. Members that its kind does not have are missing.
 * @typedef {object} Part
 * @property {string} kind
 * @property {string} [text]
 * @property {string} [href]
 * @property {boolean} [ordered]
 * @property {number} [start] the number of a list's first item
 * @property {Part[]} [inlines]
 * @property {Part[]} [blocks]
 * @property {Part[][]} [items]
 */

/** One function for each kind of block. @type {Record<string, (block: Part) => Child>} */
const BLOCKS = {
  paragraph: ({ inlines }) => element('p', { dir: 'auto' }, inlinesOf(inlines)),
  // The page has headings of the first and second level.
  heading: ({ inlines }) => element('h3', { dir: 'auto' }, inlinesOf(inlines)),
  quote: ({ blocks }) => element('blockquote', { dir: 'auto' }, partsOf(blocks)),
  list: ({ ordered, start = 1, items = [] }) =>
    element(
      ordered ? 'ol' : 'ul',
      { dir: 'auto', start: ordered && start !== 1 && start },
      items.map((blocks) => element('li', {}, partsOf(blocks))),
    ),
  rule: () => element('hr'),
  code: ({ text = '' }) => element('pre', { tabindex: '0' }, element('code', {}, text)),
};

/** One function for each kind of inline. @type {Record<string, (inline: Part) => Child>} */
const INLINES = {
  text: ({ text = '' }) => text,
  break: () => element('br'),
  strong: ({ inlines }) => element('strong', {}, inlinesOf(inlines)),
  emphasis: ({ inlines }) => element('em', {}, inlinesOf(inlines)),
  code: ({ text = '' }) => element('code', {}, text),
  link({ href, inlines }) {
    const address = linkAddress(href);
    if (address === null) return inlinesOf(inlines);
    // A page of another site gets a tab of its own, so that a booking that is under way stays.
    const target = address.startsWith('mailto:') ? null : '_blank';
    return element('a', { href: address, target, rel: 'noopener noreferrer nofollow' }, inlinesOf(inlines));
  },
};

/**
 * The nodes of a text's blocks.
 * @param {Part[]} [blocks]
 * @returns {Child[]}
 */
export function blocksOf(blocks = []) {
  return blocks.map((block) => made(BLOCKS, block));
}

/**
 * The nodes of blocks within another. Their paragraphs have no direction of their own: an element's is found from its texts
 * without one, and its bullets or its line stand on the side where its texts begin.
 * @param {Part[]} [blocks]
 * @returns {Child[]}
 */
function partsOf(blocks = []) {
  return blocks.map((block) =>
    block.kind === 'paragraph' ? element('p', {}, inlinesOf(block.inlines)) : made(BLOCKS, block),
  );
}

/**
 * @param {Part[]} [inlines]
 * @returns {Child[]}
 */
function inlinesOf(inlines = []) {
  return inlines.map((inline) => made(INLINES, inline));
}

/**
 * A kind that this page does not know is shown without its formatting.
 * @param {Record<string, (part: Part) => Child>} kinds
 * @param {Part} part
 * @returns {Child}
 */
function made(kinds, part) {
  const make = Object.hasOwn(kinds, part.kind) ? kinds[part.kind] : undefined;
  if (make !== undefined) return make(part);
  return [part.text ?? null, inlinesOf(part.inlines), blocksOf(part.blocks), (part.items ?? []).map(blocksOf)];
}
