// bcrypt reads no more bytes than this. The server checks a password as well; checking it here saves a request.
const BYTES_MIN = 12;
const BYTES_MAX = 71;

/** The rule in words. */
export const passwordHint = `At least ${BYTES_MIN} characters. A short sentence works well.`;

/**
 * The error of a new password, or null.
 * @param {string} password
 */
export function passwordError(password) {
  const bytes = new TextEncoder().encode(password).length;
  if (bytes < BYTES_MIN) return `Please use at least ${BYTES_MIN} characters.`;
  return bytes > BYTES_MAX
    ? `That is too long: at most ${BYTES_MAX} bytes, and letters with accents or emoji take several.`
    : null;
}
