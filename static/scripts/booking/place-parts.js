// The user's own bookings within the panel, one below the other.

import { element, setChildren } from '../ui/dom.js';
import { announce } from '../ui/messages.js';
import { countdown } from '../words/times.js';
import { warningWords } from './held-words.js';
import { placePart } from './place-part.js';

/** @import { OwnTexts } from './held-words.js' */

/** @typedef {(place: Api.Registration) => void} Act */

/**
 * The parts of all places. A part stays while its place does, so that the focus stays, too.
 * @param {{ onLeave: Act, onFewer: Act, onTake: Act }} options the acts are called with the booking as it was shown last
 */
export function placeParts({ onLeave, onFewer, onTake }) {
  const node = element('div', { class: 'own-places' });
  /** @type {Map<string, ReturnType<typeof placePart>>} */
  const parts = new Map();
  /** @type {Api.Registration[]} */
  let shown = [];
  /** When the countdown of each one ends that has one. @type {Map<string, number>} */
  const ends = new Map();

  /** @param {string} id of a registration */
  function made(id) {
    /** @param {Act} act */
    const on = (act) => () => {
      const place = shown.find((one) => one.id === id);
      if (place !== undefined) act(place);
    };
    const part = placePart(id, { onLeave: on(onLeave), onFewer: on(onFewer), onTake: on(onTake) });
    parts.set(id, part);
    return part;
  }

  return {
    node,
    /**
     * @param {Api.Registration[]} places
     * @param {OwnTexts[]} texts one for each of them
     * @param {{ event: Api.Event, idle: boolean }} situation
     */
    update(places, texts, { event, idle }) {
      shown = places;
      ends.clear();
      for (const id of parts.keys()) if (!places.some((place) => place.id === id)) parts.delete(id);
      const wanted = places.map(({ id }) => parts.get(id) ?? made(id));
      setChildren(
        node,
        wanted.map((part) => part.node),
      );
      for (const [index, place] of places.entries()) {
        const own = texts[index];
        if (own === undefined) continue;
        if (own.countsTo !== undefined) ends.set(place.id, own.countsTo);
        wanted[index]?.update(own, { event, idle, named: texts.length > 1 });
      }
    },
    /**
     * Counts the time down that is left to pay, and has a reader hear of it when it gets short.
     * @param {number} before when that was done last
     * @param {number} now
     */
    count(before, now) {
      for (const [id, end] of ends) {
        if (end <= now) continue;
        parts.get(id)?.count(countdown(end - now));
        const warning = warningWords(end, before, now);
        if (warning !== null) announce(warning);
      }
    },
  };
}
