import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { normalized, strayError, trimmed } from '../../static/scripts/words/text.js';
import { rangesOf } from './characters.js';

// The server's tests hold its rules to the same file.
const known = JSON.parse(readFileSync(new URL('./invisible.json', import.meta.url), 'utf8'));

test('the same characters are dropped at the ends as on the server', () => {
  assert.deepEqual(
    rangesOf((one) => trimmed(`${one}a${one}`) === 'a'),
    known.loose,
  );
});

test('the same characters are refused within as on the server', () => {
  assert.deepEqual(
    rangesOf((one) => strayError(`a${one}a`) !== null),
    known.refused_within,
  );
});

test('an invisible character is named with its place, as by the server', () => {
  for (const [text, words] of known.strays) assert.equal(strayError(text), `This has ${words}.`);
});

test('what is around a text goes, and what belongs to its letters stays', () => {
  assert.equal(trimmed('\ufeff Dana Scully\u200e\n'), 'Dana Scully');
  for (const whole of ['', 'Rene\u0301', '\u2764\ufe0f', 'a  b']) assert.equal(trimmed(whole), whole);
  assert.equal(trimmed(' \u200b '), '');
});

test('texts of several lines have line breaks and tabs', () => {
  assert.equal(strayError('a\nb\tc', { lines: true }), null);
  assert.equal(strayError('a\nDana\u200fc', { lines: true }), 'This has an invisible character U+200F after Dana.');
});

test('a letter is the same however it was typed, as on the server', () => {
  for (const [typed, kept] of known.composed) assert.equal(normalized(typed), kept);
});
