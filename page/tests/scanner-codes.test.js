import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  CHARACTERS_MAX,
  looksLikeCode,
  readCode,
  SYMBOLS,
  sentCode,
  shownCode,
} from '../../static/scripts/door/rules/codes.js';
import { digestOf } from '../../static/scripts/door/rules/digests.js';

/** @type {{ sound: string[][], mistyped: string[], none: string[] }} */
const known = JSON.parse(readFileSync(new URL('ticket-codes.json', import.meta.url), 'utf8'));

/** The sound code that begins with these 15 symbols, found by trying: no sum of the rule under test helps. */
function sound(/** @type {string} */ beginning) {
  const found = [...SYMBOLS].filter((last) => readCode(beginning + last).kind === 'CODE');
  assert.equal(found.length, 1, `${beginning}: one check symbol fits`);
  return beginning + found[0];
}

const CODE = sound('7K2MQX0A94TDHB5');

test('the page and the server know codes and their digests by one rule', async () => {
  for (const [typed = '', symbols = '', digest = ''] of known.sound) {
    assert.deepEqual(readCode(typed), { kind: 'CODE', symbols, mark: null }, typed);
    const found = await digestOf(symbols);
    assert.equal(found && Buffer.from(found).toString('base64url'), digest, typed);
  }
  for (const typed of known.mistyped) assert.equal(readCode(typed).kind, 'MISTYPED', typed);
  for (const typed of known.none) assert.equal(readCode(typed).kind, 'NONE', typed);
});

test('a code reads back however it is typed', () => {
  const shown = shownCode(CODE);
  assert.equal(shown.length, 19);
  const similar = CODE.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
  for (const typed of [
    CODE,
    shown,
    shown.replaceAll('-', ' '),
    similar,
    ` ${shown}\n`,
    `${CODE.slice(0, 3)}- ${CODE.slice(3)}`,
  ])
    assert.deepEqual(readCode(typed), { kind: 'CODE', symbols: CODE, mark: null }, typed);
  const scanned = readCode(`${CODE}.V3K`);
  assert.deepEqual(scanned, { kind: 'CODE', symbols: CODE, mark: 'V3K' });
  assert.equal(scanned.kind === 'CODE' && sentCode(scanned), `${CODE}.V3K`);
});

test('one wrong symbol is always mistyped, and so are most neighbours that changed places', () => {
  for (let at = 0; at < CODE.length; at += 1)
    for (const other of SYMBOLS) {
      const typed = CODE.slice(0, at) + other + CODE.slice(at + 1);
      assert.equal(readCode(typed).kind, other === CODE[at] ? 'CODE' : 'MISTYPED', typed);
    }
  for (let at = 0; at + 1 < CODE.length; at += 1) {
    const [one = '', other = ''] = [CODE[at], CODE[at + 1]];
    // Luhn's sum is the same for the first and the last symbol.
    if (one === other || ['0Z', 'Z0'].includes(one + other)) continue;
    assert.equal(readCode(CODE.slice(0, at) + other + one + CODE.slice(at + 2)).kind, 'MISTYPED');
  }
});

test('other texts are no codes, however long they are', () => {
  const texts = [
    '',
    '-',
    '.',
    CODE.slice(1),
    `${CODE}0`,
    `${CODE.slice(1)}U`,
    `${CODE}.`,
    `${CODE}.V3`,
    `${CODE}.V3KK`,
  ];
  for (const text of [...texts, `${CODE}.V3K.V3K`, 'https://example.org/ticket', 'é', '💥'.repeat(16), CODE.repeat(2)])
    assert.deepEqual(readCode(text), { kind: 'NONE' }, text);
  assert.equal(readCode(`${CODE}${' '.repeat(CHARACTERS_MAX - CODE.length)}`).kind, 'CODE');
  assert.equal(readCode(`${CODE}${' '.repeat(CHARACTERS_MAX - CODE.length + 1)}`).kind, 'NONE');
  const began = performance.now();
  assert.deepEqual(readCode('A'.repeat(1_000_000)), { kind: 'NONE' });
  assert.equal(looksLikeCode('7'.repeat(1_000_000)), true);
  assert.ok(performance.now() - began < 100, 'a megabyte is not read');
});

test('names are searched, and codes are not', () => {
  for (const code of ['7', '7k2m', '7K2M-QX0A', `${CODE}.V3K`, 'a1']) assert.equal(looksLikeCode(code), true, code);
  for (const name of ['Alice', 'ève', 'van der Berg', 'Anna U. 2', '']) assert.equal(looksLikeCode(name), false, name);
});
