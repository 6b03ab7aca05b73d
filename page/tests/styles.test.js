// The rules of docs/design.md that a program can check.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const FOLDER = new URL('../../static/styles/', import.meta.url);
const PLAIN_TEXT = 4.5;
const EDGE = 3;

const sheets = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.css'))
  .map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), 'utf8').replaceAll(/\/\*.*?\*\//gs, '') }));
const theme = sheets.find(({ name }) => name === 'theme.css')?.text ?? '';
const others = sheets.filter(({ name }) => name !== 'theme.css');

/**
 * What stands in the sheets that a pattern finds.
 * @param {RegExp} pattern
 * @param {{ name: string, text: string }[]} within
 */
function found(pattern, within = others) {
  return within.flatMap(({ name, text }) => [...text.matchAll(pattern)].map(([hit]) => `${name}: ${hit}`));
}

/** A token's colours in the light and in the dark theme, as red, green, blue and opacity. @param {string} token */
function colours(token) {
  const value = new RegExp(`--${token}: ([^;]+);`).exec(theme)?.[1] ?? '';
  const parts = value.match(/#[0-9a-f]{6}|rgb\([^)]*\)/g) ?? [];
  assert.ok(parts.length === 1 || parts.length === 2, `${token}: ${value}`);
  return [parts[0], parts.at(-1)].map((part) => parsed(String(part)));
}

/** @param {string} colour */
function parsed(colour) {
  if (colour.startsWith('#')) {
    const channels = [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16));
    return { channels, opacity: 1 };
  }
  const [red = 0, green = 0, blue = 0, opacity = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return { channels: [red, green, blue], opacity };
}

/** @typedef {ReturnType<typeof parsed>} Colour */

/**
 * @param {Colour} upper
 * @param {Colour} lower an opaque one
 */
function over(upper, lower) {
  const channels = upper.channels.map(
    (channel, index) => channel * upper.opacity + (lower.channels[index] ?? 0) * (1 - upper.opacity),
  );
  return { channels, opacity: 1 };
}

/** By the definition of WCAG 2. @param {Colour} colour */
function luminance({ channels }) {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * @param {Colour} one
 * @param {Colour} other
 */
function contrast(one, other) {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/**
 * Checks a foreground on each ground, in both themes. `veil` lies between them.
 * @param {string} token
 * @param {string[]} grounds
 * @param {number} least
 * @param {string} [veil]
 */
function assertSeen(token, grounds, least, veil) {
  for (const ground of grounds)
    for (const theme of [0, 1]) {
      const below = /** @type {Colour} */ (colours(ground)[theme]);
      const ground2 = veil === undefined ? below : over(/** @type {Colour} */ (colours(veil)[theme]), below);
      const ratio = contrast(over(/** @type {Colour} */ (colours(token)[theme]), ground2), ground2);
      const place = `${token} on ${veil === undefined ? '' : `${veil} on `}${ground}, ${theme === 0 ? 'light' : 'dark'}`;
      assert.ok(ratio >= least, `${place}: ${ratio.toFixed(2)} is less than ${least}`);
    }
}

test('what text is read on is opaque', () => {
  for (const ground of ['ground', 'surface', 'well'])
    assert.deepEqual(
      colours(ground).map(({ opacity }) => opacity),
      [1, 1],
      ground,
    );
});

test('text and its grounds have enough contrast in both themes', () => {
  const grounds = ['ground', 'surface', 'well'];
  for (const ink of ['ink', 'ink-soft', 'accent', 'accent-strong', 'good', 'warm', 'bad'])
    assertSeen(ink, grounds, PLAIN_TEXT);
  for (const veil of ['accent-veil', 'good-veil', 'warm-veil', 'bad-veil'])
    for (const ink of ['ink', 'ink-soft']) assertSeen(ink, ['surface'], PLAIN_TEXT, veil);
  for (const state of ['accent', 'bad']) assertSeen(state, ['surface', 'well'], PLAIN_TEXT, `${state}-veil`);
  for (const [text, ground] of [
    ['on-accent', 'accent'],
    ['on-accent', 'accent-strong'],
    ['on-danger', 'danger'],
  ])
    assertSeen(String(text), [String(ground)], PLAIN_TEXT);
});

test('edges of fields, dots and the focus can be seen in both themes', () => {
  for (const edge of ['line-strong', 'focus', 'accent', 'good', 'warm', 'bad'])
    assertSeen(edge, ['ground', 'surface', 'well'], EDGE);
});

test('colours are named in the theme and nowhere else', () => {
  assert.deepEqual(found(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|color-mix|light-dark)\([^;]*/gi), []);
});

test('glass is for what lies over the page', () => {
  const within = others.filter(({ name }) => !['shell.css', 'event.css'].includes(name));
  assert.deepEqual(found(/backdrop-filter[^;]*|var\(--(?:glass-thick|shadow)\)/g, within), []);
});

test('every token that is used is defined', () => {
  const defined = new Set(sheets.flatMap(({ text }) => [...text.matchAll(/(--[a-z-]+):/g)].map(([, token]) => token)));
  // Scripts set it for each bar.
  defined.add('--share');
  const used = sheets.flatMap(({ text }) => [...text.matchAll(/var\((--[a-z-]+)/g)].map(([, token]) => token));
  assert.deepEqual(
    used.filter((token) => !defined.has(token)),
    [],
  );
});

test('there are three weights', () => {
  assert.deepEqual(found(/font-weight: (?!(?:400|600|700|inherit);)[^;]+/g), []);
});

test('there are two corners, and what is round', () => {
  const corner = /^(?:0|inherit|50%|999px|var\(--radius(?:-small)?\))$/;
  const wrong = found(/border-radius: [^;]+/g).filter((hit) => !corner.test(hit.replace(/^.*border-radius: /, '')));
  assert.deepEqual(wrong, []);
});
