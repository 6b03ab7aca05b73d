// The fields of an event's details, and the changes that were made in them.

import { serverNow } from '../../server/clock.js';
import { element } from '../../ui/dom.js';
import { field } from '../../ui/forms.js';
import { trimmed } from '../../words/text.js';
import { isZone, ownZone, todaysName, zoneNames } from '../../words/times.js';
import { zoneMeant } from '../../words/zones.js';
import { timeField } from './time-field.js';
import { timeErrors, timeWarnings } from './time-order.js';

/** @import { Field, FieldOptions } from '../../ui/forms.js' */
/** @import { Attributes } from '../../ui/dom.js' */
/** @import { TimeField } from './time-field.js' */
/** @import { TimeName, Times } from './time-order.js' */

const TEXTS = Object.freeze({
  seats: 'Seats',
  title: 'Title',
  location: 'Location',
  anAddressOrALink: 'An address, or a link for an online event.',
  description: 'Description',
  timeZone: 'Time zone',
  allTimesOfThisEvent: 'All times of this event are in this zone.',
  starts: 'Starts',
  ends: 'Ends',
  saleOpens: 'Sale opens',
  leaveEmptyToOpenWhen: 'Leave empty to open when published.',
  saleCloses: 'Sale closes',
  leaveEmptyToCloseWhen: 'Leave empty to close when the event ends.',
  cancellingEnds: 'Cancelling ends',
  untilThenPeopleCanCancel: 'Until then, people can cancel their bookings. Leave empty to end when the event starts.',
  chooseATimeZoneFrom: 'Choose a time zone from the list, such as Europe/Berlin.',
  whoCanBook: 'Who can book',
  everybody: 'Everybody with an account',
  confirmed: 'People with a confirmed e-mail address',
  confirmedHint: 'It matters where this site sends e-mail.',
  when: 'When',
  sale: 'Sale',
});

/**
 * @typedef {'title' | 'location' | 'description' | 'time_zone' | TimeName} FieldName
 * @typedef {Pick<Api.NewEvent, FieldName>} Details
 */

/** @type {TimeName[]} */
const TIMES = ['starts_at', 'ends_at', 'sales_open_at', 'sales_close_at', 'cancel_until'];
const CAPACITY_MAX = 1_000_000;

/**
 * A field for a number of seats.
 * @param {Partial<FieldOptions<'input'>> & Attributes} [options]
 */
export function capacityField(options = {}) {
  return field({
    name: 'capacity',
    label: TEXTS.seats,
    type: 'number',
    inputmode: 'numeric',
    min: '0',
    max: String(CAPACITY_MAX),
    step: '1',
    required: true,
    ...options,
  });
}

/** A choice of who can book. */
function buyersField() {
  const made = field({
    name: 'verified_buyers_only',
    label: TEXTS.whoCanBook,
    tag: 'select',
    required: true,
    hint: TEXTS.confirmedHint,
  });
  made.input.append(
    element('option', { value: 'false' }, TEXTS.everybody),
    element('option', { value: 'true' }, TEXTS.confirmed),
  );
  return made;
}

/** The fields of an event's details. A new event has who can book from the server. Times are typed as clocks in the event's own zone show them. */
export function eventFields() {
  const zones = element(
    'datalist',
    { id: 'time-zones' },
    zoneNames().map((zone) => element('option', { value: zone })),
  );
  const buyers = buyersField();
  buyers.node.hidden = true;
  let filledBuyers = '';
  /** The fields' values as they were filled in. @type {Record<FieldName, string> | null} */
  let filled = null;
  /** @type {Record<Exclude<FieldName, TimeName>, Field>} */
  const made = {
    title: field({ name: 'title', label: TEXTS.title, required: true, characters: 200, autocomplete: 'off' }),
    location: field({
      name: 'location',
      label: TEXTS.location,
      required: true,
      characters: 300,
      autocomplete: 'off',
      hint: TEXTS.anAddressOrALink,
    }),
    description: field({
      name: 'description',
      label: TEXTS.description,
      tag: 'textarea',
      rows: '6',
      characters: 10_000,
    }),
    time_zone: field({
      name: 'time_zone',
      label: TEXTS.timeZone,
      required: true,
      list: 'time-zones',
      autocomplete: 'off',
      spellcheck: 'false',
      hint: TEXTS.allTimesOfThisEvent,
      value: todaysName(ownZone),
      check: zoneError,
    }),
  };
  const zone = () => made.time_zone.value();
  /** @param {FieldOptions<'input'> & Attributes & { name: TimeName }} options */
  const time = (options) => timeField(options, zone, () => timeErrors(instants(), now())[options.name] ?? null);
  /** @type {Record<TimeName, TimeField>} */
  const times = {
    starts_at: time({ name: 'starts_at', label: TEXTS.starts, required: true }),
    ends_at: time({ name: 'ends_at', label: TEXTS.ends, required: true }),
    sales_open_at: time({ name: 'sales_open_at', label: TEXTS.saleOpens, hint: TEXTS.leaveEmptyToOpenWhen }),
    sales_close_at: time({
      name: 'sales_close_at',
      label: TEXTS.saleCloses,
      hint: TEXTS.leaveEmptyToCloseWhen,
    }),
    cancel_until: time({
      name: 'cancel_until',
      label: TEXTS.cancellingEnds,
      hint: TEXTS.untilThenPeopleCanCancel,
    }),
  };
  made.time_zone.input.addEventListener('input', refreshTimes);
  for (const one of Object.values(times)) {
    one.wall.input.addEventListener('input', warn);
    // A time may make another one right or wrong.
    one.wall.input.addEventListener('change', showErrors);
  }
  // The browser offers names that contain the typed text as it stands. This understands the others.
  made.time_zone.input.addEventListener('change', () => {
    const meant = zone() === filled?.time_zone ? null : zoneMeant(zone());
    if (meant === null || meant === zone()) return;
    made.time_zone.input.value = meant;
    // Like typing: the times and the draft follow.
    made.time_zone.input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  const fields = [...Object.values(made), buyers, ...Object.values(times).flatMap((one) => one.fields)];
  const names = /** @type {FieldName[]} */ ([...Object.keys(made), ...Object.keys(times)]);

  /**
   * A zone that only the server knows may stay. Its times are shown and typed as UTC.
   * @param {string} zone
   */
  function zoneError(zone) {
    return isZone(zone) || zone === filled?.time_zone ? null : TEXTS.chooseATimeZoneFrom;
  }

  function refreshTimes() {
    for (const one of Object.values(times)) one.refresh();
    warn();
  }

  /** @returns {Times} */
  function instants() {
    return /** @type {Times} */ (Object.fromEntries(TIMES.map((name) => [name, times[name].instant()])));
  }

  /** The clock, and the times that differ from the saved ones. */
  function now() {
    const zoneMoved = filled !== null && zone() !== filled.time_zone;
    /** @param {TimeName} name */
    const isNew = (name) => filled === null || zoneMoved || times[name].typed() !== filled[name];
    return { now: serverNow(), isNew };
  }

  function warn() {
    const warnings = timeWarnings(instants(), now());
    for (const name of TIMES) times[name].warn(warnings[name] ?? null);
  }

  function showErrors() {
    // An empty field may still be filled in.
    for (const { wall } of Object.values(times)) if (wall.value() !== '') wall.setError(wall.error());
  }

  /** A field's value as the API takes it. @param {FieldName} name */
  function apiValueOf(name) {
    return isTime(name) ? times[name].instant() : trimmed(made[name].value());
  }

  /** The fields' values as they are typed. */
  function typed() {
    return /** @type {Record<FieldName, string>} */ (
      Object.fromEntries(names.map((name) => [name, isTime(name) ? times[name].typed() : made[name].value()]))
    );
  }

  /** @param {Api.Event} event */
  function fill(event) {
    for (const name of names) {
      if (isTime(name)) continue;
      made[name].input.value = event[name];
      made[name].setError(null);
    }
    for (const name of TIMES) times[name].fill(event[name]);
    // A server of before does not tell it.
    buyers.node.hidden = event.verified_buyers_only === undefined;
    buyers.input.value = String(event.verified_buyers_only ?? false);
    filledBuyers = buyers.value();
    // As the fields have them: a browser may write the same value differently.
    filled = typed();
    warn();
  }

  /** Fills all but the times, for a new event. @param {Api.Event} event */
  function copy(event) {
    for (const [name, one] of Object.entries(made)) one.input.value = event[/** @type {keyof typeof made} */ (name)];
  }

  /** Empties the fields for a new event. */
  function reset() {
    for (const one of Object.values(made)) {
      one.input.value = one === made.time_zone ? todaysName(ownZone) : '';
      one.setError(null);
    }
    for (const one of Object.values(times)) one.fill(null);
    warn();
  }

  /** All given values, for a new event. The form checks that the required ones are given. */
  function values() {
    const given = names.map((name) => [name, apiValueOf(name)]).filter(([, value]) => value !== null);
    return /** @type {Details} */ (Object.fromEntries(given));
  }

  /**
   * The values that differ from those that were filled in, so that edits of different fields do not undo each other.
   * @returns {Api.EventChanges}
   */
  function changes() {
    const now = typed();
    const zoneMoved = now.time_zone !== filled?.time_zone;
    const changed = names.filter(
      (name) => now[name] !== filled?.[name] || (isTime(name) && zoneMoved && now[name] !== ''),
    );
    const changes = Object.fromEntries(changed.map((name) => [name, apiValueOf(name)]));
    if (buyers.value() === filledBuyers) return changes;
    return { ...changes, verified_buyers_only: buyers.value() === 'true' };
  }

  const when = element(
    'fieldset',
    { class: 'field-group' },
    element('legend', {}, TEXTS.when),
    made.time_zone.node,
    zones,
    element('div', { class: 'field-pair' }, times.starts_at.wall.node, times.ends_at.wall.node),
  );
  const sale = element(
    'fieldset',
    { class: 'field-group' },
    element('legend', {}, TEXTS.sale),
    element('div', { class: 'field-pair' }, times.sales_open_at.wall.node, times.sales_close_at.wall.node),
    times.cancel_until.wall.node,
    buyers.node,
  );
  const content = [made.title.node, made.location.node, made.description.node, when, sale];

  /**
   * Lets the times be seen and not changed. The zone stays with them: another one would move them.
   * @param {boolean} fixed
   */
  function fixTimes(fixed) {
    when.disabled = fixed;
    sale.disabled = fixed;
  }

  return { fields, content, copy, fill, fixTimes, reset, values, changes };
}

/**
 * @param {FieldName} name
 * @returns {name is TimeName}
 */
function isTime(name) {
  return TIMES.some((time) => time === name);
}
