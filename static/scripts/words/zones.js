// Names of time zones as people type them.

import { folded } from './search.js';
import { isZone, RENAMED, todaysName, zoneNames } from './times.js';

/**
 * The zone that a typed text means: its name in any case, with spaces or accents as people write them, or its city alone
 * where only one zone has it. Null if it means none.
 * @param {string} text such as `europe/berlin` or `São Paulo`
 */
export function zoneMeant(text) {
  const names = zoneNames();
  if (names.includes(text)) return text;
  const typed = zoneWords(text);
  const named = [...names, ...Object.keys(RENAMED)].find((name) => zoneWords(name) === typed);
  if (named !== undefined) return todaysName(named);
  if (isZone(text)) return text;
  const cities = names.filter((name) => zoneWords(name.slice(name.lastIndexOf('/') + 1)) === typed);
  return cities.length === 1 ? (cities[0] ?? null) : null;
}

/** @param {string} text */
function zoneWords(text) {
  return folded(text.replaceAll('_', ' '));
}
