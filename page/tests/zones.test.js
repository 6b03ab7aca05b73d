import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zoneMeant } from '../../static/scripts/words/zones.js';

test('a zone is understood in any case, with accents and spaces, and by its city', () => {
  /** @type {[string, string | null][]} */
  const known = [
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    [' EUROPE/BERLIN ', 'Europe/Berlin'],
    ['berlin', 'Europe/Berlin'],
    ['America/S\u00e3o Paulo', 'America/Sao_Paulo'],
    ['sa\u0303o paulo', 'America/Sao_Paulo'],
    ['New York', 'America/New_York'],
    ['asia/calcutta', 'Asia/Kolkata'],
    ['utc', 'UTC'],
    ['US/Eastern', 'US/Eastern'],
    ['Mars/Olympus_Mons', null],
    ['Europe', null],
    ['', null],
  ];
  for (const [typed, meant] of known) assert.equal(zoneMeant(typed), meant, typed);
});
