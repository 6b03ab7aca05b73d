// The rule of docs/design.md on texts: they stand together, so that all of them are found when a language is added.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { HOLE, literalsOf } from './literals.js';

const SCRIPTS = new URL('../../static/scripts/', import.meta.url);
const STYLES = new URL('../../static/styles/', import.meta.url);
const ROOMS = [
  'door',
  'booking',
  'drafts',
  'views/public',
  'views/account',
  'ui',
  'views/studio',
  'views/admin',
  'app',
];
// Their whole purpose is words.
const WORDS = /-words\.js$/;
const TABLE = /^(?:export )?const TEXTS = Object\.freeze\(\{$.*?^\}\);$/ms;
// Code that leads to a text that no one reads, although it may look like one.
const UNREAD =
  /(?:(?:\b(?:class|className|kind|rel|key)|'aria-(?:described|labelled)by'|'Content-Type')(?:: | = | \+= )|(?:[nN]ame|NAME|SIZES) = | from |import\(|querySelector\(|matchMedia\(|case |[=!]== |new Error\()$/;
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
  return /\p{L}.*\s|\s.*\p{L}|\p{L}[’…]/u.test(words) || /^\p{Lu}\p{Ll}+[….:?!]?$/u.test(words);
}

/**
 * The texts of a module that stand elsewhere than in its table, and the rows of the table that the module does not use.
 * @param {string} source
 */
function faultsOf(source) {
  const found = TABLE.exec(source);
  const table = found === null ? '' : found[0];
  const from = found === null ? -1 : found.index;
  const stray = literalsOf(source)
    .filter((one) => one.from < from || one.to > from + table.length)
    .filter(({ text, before }) => isRead(text) && !UNREAD.test(before))
    .map(({ text }) => text);
  const names = [...table.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name);
  const unused = names.filter((name) => !new RegExp(`TEXTS\\.${name}\\b`).test(source));
  const late =
    /^(?:export |async )*function /m.exec(source.slice(0, Math.max(0, from))) === null ? [] : ['TEXTS is late'];
  return [...stray, ...unused, ...late];
}

test('texts that people read stand together, at the top of their module', () => {
  let count = 0;
  for (const room of ROOMS) {
    const names = readdirSync(new URL(`${room}/`, SCRIPTS), { recursive: true }).map(String);
    for (const name of names.filter((one) => one.endsWith('.js') && !WORDS.test(one))) {
      count += 1;
      const source = readFileSync(new URL(`${room}/${name}`, SCRIPTS), 'utf8');
      assert.deepEqual(faultsOf(source), [], `${room}/${name}`);
    }
  }
  assert.ok(count > 80, `${count} modules`);
});

test('a text that stands elsewhere is found, and so is a row that nobody uses', () => {
  const table = "const TEXTS = Object.freeze({\n  book: 'Book a seat',\n});\n";
  const used = 'setText(button, TEXTS.book);\n';
  assert.deepEqual(faultsOf(table + used), []);
  assert.deepEqual(faultsOf(table), ['book']);
  assert.deepEqual(faultsOf(`function put() {}\n${table}${used}`), ['TEXTS is late']);
  const faultsAfter = (/** @type {string} */ code) => faultsOf(`${table}${used}${code}`);
  assert.deepEqual(faultsAfter("element('h2', {}, 'How to pay')"), ['How to pay']);
  assert.deepEqual(faultsAfter("element('button', { class: 'button button-primary' }, 'Share')"), ['Share']);
  assert.deepEqual(faultsAfter(`setText(node, \`Take \${count} seats\`)`), [`Take ${HOLE} seats`]);
  assert.deepEqual(faultsAfter("toast(may ? 'can’t' : '')"), ['can’t']);
  assert.deepEqual(faultsAfter("// It's a comment: 'not a text'\n/* `nor this` */ const pattern = /'A b'/;"), []);
});

test('literals are found within templates, and after patterns and divisions', () => {
  const found = literalsOf(`a / 2; b = c ? /['"\`/]/ : 'd'; \`e \${f(\`g \${'h'}\`, { i: '}' })} j\``);
  assert.deepEqual(
    found.map(({ text }) => text),
    ['d', 'h', `g ${HOLE}`, '}', `e ${HOLE} j`],
  );
});
