/**
 * A function that shows a thing again only if the facts have changed that it is shown by.
 * @template T
 * @param {(thing: T) => unknown[]} factsOf
 * @param {(thing: T) => void} show
 * @returns {(thing: T) => void}
 */
export function ifChanged(factsOf, show) {
  /** @type {unknown[] | null} */
  let shown = null;
  return (thing) => {
    const facts = factsOf(thing);
    const before = shown;
    if (before !== null && facts.every((fact, index) => fact === before[index])) return;
    shown = facts;
    show(thing);
  };
}
