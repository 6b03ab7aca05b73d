// Times come and go as UTC. People see and type them as clocks on the wall of the event's time zone.

const formats = new Map();

/** The reader's own time zone. */
export const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** `Sat, 21 Nov 2026, 19:00` in `zone`. */
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

/** `19:00` in `zone`. */
export function timeOfDay(time, zone) {
  return format(zone, { hour: '2-digit', minute: '2-digit' }).format(new Date(time));
}

/** `Sat, 21 Nov 2026, 19:00 (14:00 in your time)`: in `zone`, and in the reader's own where that differs. */
export function inBothZones(time, zone) {
  const there = dateAndTime(time, zone);
  if (showsTheSame(time, zone, ownZone)) return there;
  const sameDay = wallClock(time, zone).slice(0, 10) === wallClock(time, ownZone).slice(0, 10);
  return `${there} (${sameDay ? timeOfDay(time, ownZone) : dateAndTime(time, ownZone)} in your time)`;
}

/** `Sat, 21 Nov 2026, 19:00:05` in `zone`, for what has to be told apart to the second. */
export function exactTime(time, zone = ownZone) {
  const seconds = format(zone, { second: '2-digit' }).format(new Date(time)).padStart(2, '0');
  return `${dateAndTime(time, zone)}:${seconds}`;
}

/** `21 Nov` in `zone`. */
export function dayAndMonth(time, zone) {
  return format(zone, { day: 'numeric', month: 'short' }).format(new Date(time));
}

/** From one time to another, without saying a day twice. */
export function timeSpan(start, end, zone) {
  const sameDay = wallClock(start, zone).slice(0, 10) === wallClock(end, zone).slice(0, 10);
  return `${dateAndTime(start, zone)} – ${sameDay ? timeOfDay(end, zone) : dateAndTime(end, zone)}`;
}

/** The parts of a date that a ticket's stub shows. */
export function stubParts(time, zone) {
  const part = (options) => format(zone, options).format(new Date(time));
  return {
    month: part({ month: 'short' }),
    day: part({ day: 'numeric' }),
    weekday: part({ weekday: 'short' }),
    year: part({ year: 'numeric' }),
  };
}

/** A zone's name with what its clocks show then: `Europe/Berlin (GMT+1)`. */
export function zoneName(zone, time) {
  const part = format(zone, { timeZoneName: 'short' })
    .formatToParts(new Date(time))
    .find(({ type }) => type === 'timeZoneName');
  const name = knownZone(zone).replaceAll('_', ' ');
  // A hyphen would let the line break before the number.
  return !part || part.value === name ? name : `${name} (${part.value.replace('-', '−')})`;
}

/** Whether clocks in both zones show the same at that time. */
export function showsTheSame(time, zone, otherZone) {
  return wallClock(time, zone) === wallClock(time, otherZone);
}

/** What is left until something: `2 d 03:04:05`, `03:04:05` or `04:05`. */
export function countdown(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const two = (number) => String(number).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  if (days > 0) return `${days} d ${two(hours)}:${rest}`;
  return hours > 0 ? `${two(hours)}:${rest}` : rest;
}

/** What the wall's clock shows, as a `datetime-local` field has it: `2026-11-21T19:00`. */
export function wallClock(time, zone) {
  const parts = {};
  const options = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  };
  for (const { type, value } of format(zone, options, 'en-CA').formatToParts(new Date(time))) parts[type] = value;
  return `${parts.year.padStart(4, '0')}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/**
 * When the wall's clock shows `wall`, as UTC. The first time, where clocks are set back and show it twice; null where
 * they are set forward and never show it.
 */
export function instantOf(wall, zone) {
  const naive = Date.parse(`${wall}Z`);
  if (Number.isNaN(naive)) return null;
  const day = 86_400_000;
  const candidates = [naive - day, naive + day]
    .map((near) => naive - (Date.parse(`${wallClock(near, zone)}Z`) - Math.floor(near / 60_000) * 60_000))
    .filter((candidate) => wallClock(candidate, zone) === wall.slice(0, 16));
  return candidates.length === 0 ? null : new Date(Math.min(...candidates)).toISOString();
}

/** Whether this browser knows a zone by that name. */
export function isZone(zone) {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

/** The zones to choose from. */
export function zoneNames() {
  return [...new Set(['UTC', ownZone, ...(Intl.supportedValuesOf?.('timeZone') ?? [])])];
}

// A zone that only the server knows is shown as UTC, and called so.
function knownZone(zone) {
  return isZone(zone) ? zone : 'UTC';
}

function format(zone, options, locale = 'en-GB') {
  const timeZone = knownZone(zone);
  const key = `${locale} ${timeZone} ${Object.entries(options).join()}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { ...options, timeZone }));
  return formats.get(key);
}
