// The rule of docs/design.md on texts: they stand together, so that whoever adds a language finds all of them.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { HOLE, literalsOf } from './literals.js';

const SCRIPTS = new URL('../../static/scripts/', import.meta.url);
const STYLES = new URL('../../static/styles/', import.meta.url);
const ROOMS = ['booking', 'drafts', 'views/public', 'views/account', 'ui', 'views/studio', 'views/admin', 'app'];
// Their whole purpose is words.
const WORDS = /-words\.js$/;
const TABLE = /^(?:export )?const TEXTS = Object\.freeze\(\{$.*?^\}\);$/ms;
// Code that leads to a text that no one reads, although it may look like one.
const UNREAD =
  /(?:(?:\b(?:class|className|kind|rel|key)|'aria-(?:described|labelled)by'|'Content-Type')(?:: | = | \+= )|(?:[nN]ame|NAME) = | from |import\(|querySelector\(|matchMedia\(|case |[=!]== |new Error\()$/;
const KEYS = ['Home', 'End'];
const DRAWING = /^m[\d.]+[\d. achlvz-]+$/i;
const CLASSES = new Set(
  readdirSync(STYLES).flatMap((name) =>
    [...readFileSync(new URL(name, STYLES), 'utf8').matchAll(/\.([a-z][a-z-]*)/g)].map(([, one]) => one),
  ),
);

/** @param {string} text */
function isRead(text) {
  const words = text.replaceAll(HOLE, '').replaceAll(/\\u[0-9a-f]{4}/g, ' ');
  if (KEYS.includes(text) || DRAWING.test(text)) return false;
  if (
    text
      .trim()
      .split(' ')
      .every((word) => CLASSES.has(word))
  )
    return false;
  return /\p{L}.*\s|\s.*\p{L}/u.test(words) || /^\p{Lu}\p{Ll}+[….:?!]?$/u.test(words);
}

/** @param {string} source */
function scattered(source) {
  const table = TABLE.exec(source);
  const [from, to] = table === null ? [0, 0] : [table.index, table.index + table[0].length];
  return literalsOf(source)
    .filter((one) => (one.from < from || one.to > to) && isRead(one.text) && !UNREAD.test(one.before))
    .map(({ text }) => text);
}

test('texts that people read stand together', () => {
  for (const room of ROOMS) {
    const names = readdirSync(new URL(`${room}/`, SCRIPTS), { recursive: true }).map(String);
    for (const name of names.filter((one) => one.endsWith('.js') && !WORDS.test(one))) {
      const source = readFileSync(new URL(`${room}/${name}`, SCRIPTS), 'utf8');
      assert.deepEqual(scattered(source), [], `${room}/${name}`);
    }
  }
});
