// The API's times are UTC. People read and type them as wall clocks in the event's time zone show them.

import { DATES } from './locale.js';

/** A time as the API writes it, or in milliseconds. @typedef {string | number} Time */

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();
/** Whether the browser knows a zone: only making a format tells, and that takes longer than formatting. @type {Map<string, boolean>} */
const zonesAsked = new Map();

/**
 * The zones that the Unicode CLDR, and with it browsers, list by a former name, with the name of today (the file
 * `backward` of the IANA time zone database).
 * @type {Record<string, string>}
 */
export const RENAMED = {
  __proto__: /** @type {any} */ (null),
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** The reader's own time zone. */
export const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/**
 * `Sat, 21 Nov 2026, 19:00` in `zone`.
 * @param {Time} time
 * @param {string} [zone] the reader's own by default
 */
export function dateAndTime(time, zone = ownZone) {
  return format(zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(time));
}

/**
 * A time within a sentence, after some words. Nothing if the time is not known.
 * @param {string | undefined} time
 * @param {string | undefined} zone
 * @param {string} words before the time
 */
export function at(time, zone, words) {
  return time ? `${words}${dateAndTime(time, zone)}` : '';
}

/**
 * `19:00` in `zone`.
 * @param {Time} time
 * @param {string} zone
 */
export function timeOfDay(time, zone) {
  return format(zone, { hour: '2-digit', minute: '2-digit' }).format(new Date(time));
}

/**
 * `Sat, 21 Nov 2026, 19:00 (14:00 in your time)`: in `zone`, and in the reader's own zone where that differs.
 * @param {Time} time
 * @param {string} zone
 */
export function inBothZones(time, zone) {
  const there = dateAndTime(time, zone);
  if (showsTheSame(time, zone, ownZone)) return there;
  const sameDay = wallClock(time, zone).slice(0, 10) === wallClock(time, ownZone).slice(0, 10);
  return `${there} (${sameDay ? timeOfDay(time, ownZone) : dateAndTime(time, ownZone)} in your time)`;
}

/**
 * `Sat, 21 Nov 2026, 19:00:05` in `zone`.
 * @param {Time} time
 * @param {string} [zone] the reader's own by default
 */
export function exactTime(time, zone = ownZone) {
  const seconds = format(zone, { second: '2-digit' }).format(new Date(time)).padStart(2, '0');
  return `${dateAndTime(time, zone)}:${seconds}`;
}

/**
 * `21 Nov` in `zone`.
 * @param {Time} time
 * @param {string} zone
 */
export function dayAndMonth(time, zone) {
  return format(zone, { day: 'numeric', month: 'short' }).format(new Date(time));
}

/**
 * `November 2026` in `zone`.
 * @param {Time} time
 * @param {string} zone
 */
export function monthAndYear(time, zone) {
  return format(zone, { month: 'long', year: 'numeric' }).format(new Date(time));
}

/**
 * From one time to another. A common day is written once.
 * @param {Time} start
 * @param {Time} end
 * @param {string} zone
 */
export function timeSpan(start, end, zone) {
  const sameDay = wallClock(start, zone).slice(0, 10) === wallClock(end, zone).slice(0, 10);
  return `${dateAndTime(start, zone)} – ${sameDay ? timeOfDay(end, zone) : dateAndTime(end, zone)}`;
}

/**
 * The parts of a date that a ticket's stub shows.
 * @param {Time} time
 * @param {string} zone
 */
export function stubParts(time, zone) {
  /** @type {Intl.DateTimeFormatOptions} */
  const options = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' };
  const parts = format(zone, options).formatToParts(new Date(time));
  /** @param {Intl.DateTimeFormatPartTypes} type */
  const part = (type) => parts.find((one) => one.type === type)?.value ?? '';
  return { month: part('month'), day: part('day'), weekday: part('weekday'), year: part('year') };
}

/**
 * A zone's name with its offset at a time: `Europe/Berlin (GMT+1)`.
 * @param {string} zone
 * @param {Time} time
 */
export function zoneName(zone, time) {
  const name = todaysName(knownZone(zone)).replaceAll('_', ' ');
  const clock = clockName(zone, time);
  return clock === name ? name : `${name} (${clock})`;
}

/**
 * The name of a zone's clocks at a time: `CET`, `GMT+5:30`.
 * @param {string} zone
 * @param {Time} time
 */
export function clockName(zone, time) {
  const parts = format(zone, { timeZoneName: 'short' }).formatToParts(new Date(time));
  // A hyphen would let the line break before the number.
  return parts.find(({ type }) => type === 'timeZoneName')?.value.replace('-', '−') ?? '';
}

/**
 * Whether clocks in both zones show the same at a time.
 * @param {Time} time
 * @param {string} zone
 * @param {string} otherZone
 */
export function showsTheSame(time, zone, otherZone) {
  return wallClock(time, zone) === wallClock(time, otherZone);
}

/**
 * The time that is left: `2 d 03:04:05`, `03:04:05` or `04:05`.
 * @param {number} milliseconds
 */
export function countdown(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  /** @param {number} number */
  const two = (number) => String(number).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  if (days > 0) return `${days} d ${two(hours)}:${rest}`;
  return hours > 0 ? `${two(hours)}:${rest}` : rest;
}

/**
 * The wall clock's time in the format of a `datetime-local` field: `2026-11-21T19:00`.
 * @param {Time} time
 * @param {string} zone
 */
export function wallClock(time, zone) {
  /** @type {Partial<Record<Intl.DateTimeFormatPartTypes, string>>} */
  const parts = {};
  /** @type {Intl.DateTimeFormatOptions} */
  const options = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  };
  for (const { type, value } of format(zone, options, 'en-CA').formatToParts(new Date(time))) parts[type] = value;
  return `${parts.year?.padStart(4, '0')}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/**
 * The times in UTC at which the wall clock shows `wall`: two where clocks are set back and show it twice, none where they
 * are set forward and never show it, and none for a text that is no time.
 * @param {string} wall such as `2026-11-21T19:00`
 * @param {string} zone
 */
export function instantsOf(wall, zone) {
  const naive = Date.parse(`${wall}Z`);
  if (Number.isNaN(naive)) return [];
  const day = 86_400_000;
  const candidates = [naive - day, naive + day]
    .map((near) => naive - (Date.parse(`${wallClock(near, zone)}Z`) - Math.floor(near / 60_000) * 60_000))
    .filter((candidate) => wallClock(candidate, zone) === wall.slice(0, 16));
  return [...new Set(candidates)].sort((one, other) => one - other).map((time) => new Date(time).toISOString());
}

/**
 * Whether this browser knows a zone by that name.
 * @param {string} zone
 */
export function isZone(zone) {
  let known = zonesAsked.get(zone);
  if (known === undefined) {
    try {
      known = Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
    } catch {
      known = false;
    }
    zonesAsked.set(zone, known);
  }
  return known;
}

/** Today's names of all zones that this browser knows. */
export function zoneNames() {
  return [...new Set(['UTC', ownZone, ...(Intl.supportedValuesOf?.('timeZone') ?? [])].map(todaysName))].sort();
}

/**
 * Today's name of a zone: browsers list some by names that the IANA database has replaced, such as Asia/Calcutta.
 * @param {string} zone
 */
export function todaysName(zone) {
  const name = RENAMED[zone];
  return name !== undefined && isZone(name) ? name : zone;
}

/**
 * The zone, or UTC for a zone that only the server knows.
 * @param {string} zone
 */
function knownZone(zone) {
  return isZone(zone) ? zone : 'UTC';
}

/**
 * @param {string} zone
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(zone, options, locale = DATES) {
  const timeZone = knownZone(zone);
  const key = `${locale} ${timeZone} ${Object.entries(options).join()}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
  formats.set(key, made);
  return made;
}
