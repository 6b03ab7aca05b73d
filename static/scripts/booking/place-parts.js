// The user's own places within the panel, one below the other.

import { element } from '../ui/dom.js';
import { announce } from '../ui/messages.js';
import { warningWords } from './held-words.js';
import { placePart } from './place-part.js';

/** @import { OwnTexts } from './held-words.js' */

/** @typedef {(place: Api.Registration) => void} Act */

/**
 * The parts of all places. A part stays while its place does, so that the focus stays, too.
 * @param {{ onLeave: Act, onFewer: Act, onTake: Act }} acts called with the place as it was shown last
 */
export function placeParts({ onLeave, onFewer, onTake }) {
  const node = element('div', { class: 'own-places' });
  /** @type {Map<string, ReturnType<typeof placePart>>} */
  const parts = new Map();
  /** @type {Api.Registration[]} */
  let shown = [];

  /** @param {string} id of a registration */
  function made(id) {
    /** @param {Act} act */
    const on = (act) => () => {
      const place = shown.find((one) => one.id === id);
      if (place !== undefined) act(place);
    };
    const part = placePart({ onLeave: on(onLeave), onFewer: on(onFewer), onTake: on(onTake) });
    parts.set(id, part);
    return part;
  }

  return {
    node,
    /**
     * @param {Api.Registration[]} places
     * @param {OwnTexts[]} texts one for each of them
     * @param {{ idle: boolean, before: number, now: number }} situation `before` is when the parts were updated last
     */
    update(places, texts, { idle, before, now }) {
      shown = places;
      for (const [id, part] of parts) {
        if (places.some((place) => place.id === id)) continue;
        part.node.remove();
        parts.delete(id);
      }
      for (const [index, place] of places.entries()) {
        const part = parts.get(place.id) ?? made(place.id);
        if (node.children[index] !== part.node) node.insertBefore(part.node, node.children[index] ?? null);
        const own = texts[index];
        if (own === undefined) continue;
        part.update(own, { idle, named: texts.length > 1 });
        const warning = own.countdown ? warningWords(place.held_until, before, now) : null;
        if (warning !== null) announce(warning);
      }
    },
  };
}
