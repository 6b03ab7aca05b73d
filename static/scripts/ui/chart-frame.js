// The frame of a strip of a chart: its title, and its marks with their lines.

import { counted } from '../words/numbers.js';
import { svgElement } from './dom.js';

/**
 * Gives a coordinate. @typedef {(value: number) => number} Scale
 * @typedef {{ top: number, bottom: number }} Strip
 */

/** The room of the marks at the left of a strip. */
export const LEFT = 52;
/** The room at the right of a strip. */
export const RIGHT = 12;
/** The room of a title above a strip. */
export const TITLE = 28;
/** The room between two strips. */
export const GAP = 18;

/**
 * Strips of these heights, from top to bottom, each with the room of a title above it.
 * @param {readonly number[]} heights
 * @returns {Strip[]}
 */
export function stripsOf(heights) {
  let y = 0;
  return heights.map((height) => {
    const top = y + TITLE;
    y = top + height + GAP;
    return { top, bottom: top + height };
  });
}

/**
 * A strip's title, its marks with their lines, and what `draw` puts on them.
 * @param {Strip} strip
 * @param {string} title
 * @param {number[]} marks
 * @param {number} width
 * @param {(y: Scale) => SVGElement[]} draw
 * @param {number} [deepest] the lowest value, which may be below the lowest mark
 */
export function chartFrame({ top, bottom }, title, marks, width, draw, deepest = 0) {
  const [lowest, highest] = [Math.min(marks[0] ?? 0, deepest), marks.at(-1) ?? 1];
  /** @type {Scale} */
  const y = (value) => top + ((highest - value) / (highest - lowest)) * (bottom - top);
  const lines = marks.map((mark) => [
    svgElement('line', { class: mark === 0 && 'chart-zero', x1: LEFT, x2: width - RIGHT, y1: y(mark), y2: y(mark) }),
    svgElement(
      'text',
      { x: LEFT - 8, y: y(mark), 'text-anchor': 'end', 'dominant-baseline': 'middle' },
      counted(Math.abs(mark)),
    ),
  ]);
  return [
    svgElement(
      'g',
      { class: 'chart-grid', 'aria-hidden': 'true' },
      svgElement('text', { class: 'chart-title', x: 0, y: top - 14 }, title),
      lines,
    ),
    ...draw(y),
  ];
}

/**
 * A mark on the axis below the strips.
 * @param {number} x
 * @param {number} y the end of the lowest strip
 * @param {string} words
 * @param {number} width of the drawing, which the words must not leave
 */
export function axisMark(x, y, words, width) {
  const anchor = x > width - LEFT / 2 ? 'end' : 'middle';
  return [
    svgElement('line', { class: 'chart-tick', x1: x, x2: x, y1: y, y2: y + 5 }),
    svgElement('text', { x, y: y + 19, 'text-anchor': anchor }, words),
  ];
}
