// An event's slug: some words of its title, and its id in 26 digits of Crockford's base 32. Only the id counts, so that a
// link survives a new title.

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const SLUG = /^(?:.*-)?([0-7][0-9a-hjkmnp-tv-z]{25})$/i;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of the event that a slug names. A bare id is a slug as well. Null if the text is neither.
 * @param {string} slug
 */
export function idOfSlug(slug) {
  if (UUID.test(slug)) return slug.toLowerCase();
  const code = SLUG.exec(slug)?.[1];
  if (code === undefined) return null;
  let number = 0n;
  for (const digit of code.toLowerCase()) number = number * 32n + BigInt(DIGITS.indexOf(digit));
  const hex = number.toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
