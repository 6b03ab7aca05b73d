// Values that this page does not know, because the server is newer. They are errors in the console, once each: pages are
// drawn again and again.

/** @type {Set<string>} */
const reported = new Set();

/**
 * Reports a value that this page does not know.
 * @param {string} kind such as `an event’s status`
 * @param {unknown} value
 */
export function reportUnknown(kind, value) {
  const words = `This page does not know ${kind} “${value}”.`;
  if (reported.has(words)) return;
  reported.add(words);
  console.error(new Error(words));
}

/**
 * The row of a table, if it has one of that name.
 * @template T
 * @param {Record<string, T>} table
 * @param {string} name
 */
export function known(table, name) {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
