// Digests of codes, by which the device knows tickets without their codes.

const DIGEST_BYTES = 16;

/**
 * The first bytes of the SHA-256 of a code's symbols. Null outside of a secure context, where browsers have no digests.
 * @param {string} symbols
 * @returns {Promise<Uint8Array | null>}
 */
export async function digestOf(symbols) {
  if (crypto.subtle === undefined) return null;
  const whole = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(symbols));
  return new Uint8Array(whole).slice(0, DIGEST_BYTES);
}
