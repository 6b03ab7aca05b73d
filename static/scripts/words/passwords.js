// The server checks a password as well, also whether many people use it. Checking it here saves a request.
const CHARACTERS_MIN = 12;
// bcrypt reads no more bytes than this.
const BYTES_MAX = 71;

/** The rule in words. */
export const passwordHint = `At least ${CHARACTERS_MIN} characters. A short sentence works well.`;

/**
 * The error of a new password, or null.
 * @param {string} password
 * @param {{ email: string, old?: string }} account its address, and the password that it has
 */
export function passwordError(password, { email, old }) {
  const normalized = password.normalize('NFC');
  if ([...normalized].length < CHARACTERS_MIN) return `Use at least ${CHARACTERS_MIN} characters.`;
  if (new TextEncoder().encode(normalized).length > BYTES_MAX || [...password].length > BYTES_MAX)
    return `That’s too long: ${BYTES_MAX} bytes at most, and letters with accents or emoji take several.`;
  if (normalized.toLowerCase() === email.toLowerCase()) return 'Don’t use your e-mail address.';
  return normalized === old?.normalize('NFC') ? 'Choose a password that differs from the old one.' : null;
}
