// A time as the clocks in the event's zone show it. Where clocks are set back they show it twice, and a choice appears.

import { element, setShown, setText } from '../../ui/dom.js';
import { field } from '../../ui/forms.js';
import { clockName, instantsOf, wallClock } from '../../words/times.js';

/** @import { Field, FieldOptions } from '../../ui/forms.js' */
/** @import { Attributes } from '../../ui/dom.js' */

const TEXTS = Object.freeze({
  clocksAreSetBackAnd: 'Clocks are set back and show this time twice. Which one?',
  thisTimeDoesNotExist: 'This time does not exist there: clocks are set forward then.',
  /** @param {string} clockName */
  theFirst: (clockName) => `The first (${clockName})`,
  /** @param {string} clockName */
  theSecond: (clockName) => `The second (${clockName})`,
});

/**
 * @typedef {object} TimeField
 * @property {Field[]} fields the time, and which of two it is
 * @property {Field} wall the field of the time
 * @property {() => string} typed what is typed and chosen; empty if there is no time
 * @property {() => string | null} instant the time in UTC
 * @property {(time: string | null) => void} fill shows a time
 * @property {(typed: string) => void} retype shows what `typed` once gave
 * @property {() => void} refresh is called when the zone has changed
 * @property {(text: string | null) => void} warn shows a doubt about the time, which may be sent all the same
 */

/**
 * @param {FieldOptions<'input'> & Attributes} options
 * @param {() => string} zone
 * @param {() => string | null} [misplaced] the error of a time that does not fit the others, or null
 * @returns {TimeField}
 */
export function timeField(options, zone, misplaced = () => null) {
  const wall = field({ type: 'datetime-local', max: '9999-12-31T23:59', check: error, ...options });
  const warning = element('p', { class: 'field-warning', role: 'status' });
  const first = element('option', { value: 'first' });
  const second = element('option', { value: 'second' });
  const which = field({
    name: `${options.name}_which`,
    label: TEXTS.clocksAreSetBackAnd,
    tag: 'select',
    required: true,
  });
  which.input.append(first, second);
  wall.node.append(warning, which.node);

  /** @param {string} value */
  function error(value) {
    return instantsOf(value, zone()).length === 0 ? TEXTS.thisTimeDoesNotExist : misplaced();
  }

  function refresh() {
    const instants = instantsOf(wall.value(), zone());
    const [one, other] = instants;
    setShown(which.node, other !== undefined);
    if (one === undefined || other === undefined) {
      which.input.value = 'first';
      return;
    }
    setText(first, TEXTS.theFirst(clockName(zone(), one)));
    setText(second, TEXTS.theSecond(clockName(zone(), other)));
  }

  wall.input.addEventListener('input', refresh);
  refresh();
  return {
    fields: [wall, which],
    wall,
    refresh,
    warn: (text) => setText(warning, text ?? ''),
    typed: () => (wall.value() === '' ? '' : `${wall.value()} ${which.value()}`),
    retype(typed) {
      const [time = '', chosen = 'first'] = typed.split(' ');
      wall.input.value = time;
      which.input.value = chosen;
      refresh();
      for (const one of [wall, which]) one.setError(null);
    },
    instant() {
      const [one = null, other = one] = instantsOf(wall.value(), zone());
      return which.value() === 'second' ? other : one;
    },
    fill(time) {
      wall.input.value = time === null ? '' : wallClock(time, zone());
      const [, other] = instantsOf(wall.value(), zone());
      const isSecond = time !== null && other !== undefined && Date.parse(time) >= Date.parse(other);
      which.input.value = isSecond ? 'second' : 'first';
      refresh();
      for (const one of [wall, which]) one.setError(null);
    },
  };
}
