// The fields that say what an event is, and what was changed in them.

import { element } from '../../ui/dom.js';
import { field } from '../../ui/forms.js';
import { instantOf, isZone, ownZone, wallClock, zoneNames } from '../../words/times.js';

const TIMES = ['starts_at', 'ends_at', 'sales_open_at', 'sales_close_at'];
const CAPACITY_MAX = 1_000_000;

/** A field for a number of seats. */
export function capacityField(options = {}) {
  return field({
    name: 'capacity',
    label: 'Seats',
    type: 'number',
    inputmode: 'numeric',
    min: '0',
    max: String(CAPACITY_MAX),
    step: '1',
    required: true,
    ...options,
  });
}

/**
 * The fields of an event's details: `{ fields, content, fill(event), reset(), values(), changes() }`. Times are typed as clocks
 * in the event's own zone show them.
 */
export function eventFields() {
  const zones = element(
    'datalist',
    { id: 'time-zones' },
    zoneNames().map((zone) => element('option', { value: zone })),
  );
  const time = (options) => field({ type: 'datetime-local', max: '9999-12-31T23:59', check: timeError, ...options });
  let filled = null;
  const made = {
    title: field({ name: 'title', label: 'Title', required: true, characters: 200, autocomplete: 'off' }),
    location: field({
      name: 'location',
      label: 'Place',
      required: true,
      characters: 300,
      autocomplete: 'off',
      hint: 'An address, or a link for an online event.',
    }),
    description: field({ name: 'description', label: 'Description', tag: 'textarea', rows: '6', characters: 10_000 }),
    time_zone: field({
      name: 'time_zone',
      label: 'Time zone',
      required: true,
      list: 'time-zones',
      autocomplete: 'off',
      spellcheck: 'false',
      hint: 'All times of this event are in this zone.',
      value: ownZone,
      check: zoneError,
    }),
    starts_at: time({ name: 'starts_at', label: 'Starts', required: true }),
    ends_at: time({ name: 'ends_at', label: 'Ends', required: true }),
    sales_open_at: time({ name: 'sales_open_at', label: 'Sale opens', hint: 'Empty: as soon as it is published.' }),
    sales_close_at: time({ name: 'sales_close_at', label: 'Sale closes', hint: 'Empty: when the event ends.' }),
  };
  const fields = Object.values(made);

  // A zone that only the server knows may stay; its times are shown and typed as UTC.
  function zoneError(zone) {
    return isZone(zone) || zone === filled?.time_zone
      ? null
      : 'Please choose one from the list, such as Europe/Berlin.';
  }

  function timeError(wall) {
    return instantOf(wall, made.time_zone.value()) === null
      ? 'This time does not exist there: clocks are set forward then.'
      : null;
  }

  function instant(name) {
    const wall = made[name].value();
    return wall === '' ? null : instantOf(wall, made.time_zone.value());
  }

  function fill(event) {
    filled = {};
    for (const [name, one] of Object.entries(made)) {
      const value = TIMES.includes(name) ? event[name] && wallClock(event[name], event.time_zone) : event[name];
      one.input.value = value ?? '';
      one.setError(null);
      // As the field has it: a browser may write the same value in another way.
      filled[name] = one.value();
    }
  }

  /** As it was at first, for a new event. */
  function reset() {
    for (const one of fields) {
      one.input.value = one === made.time_zone ? ownZone : '';
      one.setError(null);
    }
  }

  /** All that was given, for a new event. */
  function values() {
    const given = {};
    for (const [name, one] of Object.entries(made)) {
      const value = TIMES.includes(name) ? instant(name) : one.value().trim();
      if (value !== null) given[name] = value;
    }
    return given;
  }

  /** Only what differs from what was filled in, so that edits of different fields do not undo each other. */
  function changes() {
    const changed = {};
    const zoneMoved = made.time_zone.value() !== filled.time_zone;
    for (const [name, one] of Object.entries(made)) {
      const isTime = TIMES.includes(name);
      if (one.value() === filled[name] && !(isTime && zoneMoved && one.value() !== '')) continue;
      changed[name] = isTime ? instant(name) : one.value().trim();
    }
    return changed;
  }

  const content = [
    made.title.node,
    made.location.node,
    made.description.node,
    element(
      'fieldset',
      { class: 'field-group' },
      element('legend', {}, 'When'),
      made.time_zone.node,
      zones,
      element('div', { class: 'field-pair' }, made.starts_at.node, made.ends_at.node),
    ),
    element(
      'fieldset',
      { class: 'field-group' },
      element('legend', {}, 'Sale'),
      element('div', { class: 'field-pair' }, made.sales_open_at.node, made.sales_close_at.node),
    ),
  ];
  return { fields, content, fill, reset, values, changes };
}
