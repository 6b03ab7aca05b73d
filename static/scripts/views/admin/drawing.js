// A drawing with its words, which are also its name.

import { element, setText, svgElement } from '../../ui/dom.js';

const WIDTH_MIN = 240;

/** A drawing of nothing. */
export function drawing() {
  const svg = svgElement('svg', { class: 'chart', role: 'img' });
  const words = element('p', { class: 'soft small' });
  return {
    svg,
    words,
    /** The width that it has on the page. */
    width: () => Math.max(WIDTH_MIN, Math.floor(svg.clientWidth || 0)),
    /**
     * @param {SVGElement[]} nodes
     * @param {number} width
     * @param {number} height
     * @param {string} sentence
     */
    draw(nodes, width, height, sentence) {
      svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
      svg.setAttribute('aria-label', sentence);
      svg.style.setProperty('height', `${height}px`);
      svg.replaceChildren(...nodes);
      setText(words, sentence);
    },
  };
}
