// An event as a calendar's file (RFC 5545).

const LINE_OCTETS_MAX = 75;

/**
 * The file's text. A later version of the same event, by its `sequence`, takes the place of an earlier one.
 * @param {object} event
 * @param {string} event.uid the same for each version
 * @param {number} event.sequence grows with each version
 * @param {string} event.title
 * @param {string} event.location
 * @param {string} event.description
 * @param {string} event.starts
 * @param {string} event.ends
 * @param {string} event.address of its page
 * @param {number} now in milliseconds
 */
export function calendarFile({ uid, sequence, title, location, description, starts, ends, address }, now) {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Onsale//Onsale//EN',
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${inUtc(now)}`,
    `DTSTART:${inUtc(starts)}`,
    `DTEND:${inUtc(ends)}`,
    `SUMMARY:${escaped(title)}`,
    location && `LOCATION:${escaped(location)}`,
    description && `DESCRIPTION:${escaped(description)}`,
    // Its type is an address: nothing is escaped in it.
    `URL:${address}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.flatMap((line) => (line ? [`${folded(line)}\r\n`] : [])).join('');
}

/**
 * A file's name from a title, without characters that a system could refuse.
 * @param {string} title
 */
export function calendarName(title) {
  const name = title
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `${name || 'event'}.ics`;
}

/** @param {string | number} time */
function inUtc(time) {
  return `${new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** @param {string} text */
function escaped(text) {
  return text
    .replaceAll(/[\\;,]/g, (one) => `\\${one}`)
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/[\p{Cc}]/gu, ' ');
}

/**
 * A long line goes on after a line break and a space. It is counted in octets, and no character is split.
 * @param {string} line
 */
function folded(line) {
  const encoder = new TextEncoder();
  let octets = 0;
  let text = '';
  for (const character of line) {
    const length = encoder.encode(character).length;
    if (octets + length > LINE_OCTETS_MAX) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += length;
  }
  return text;
}
