/**
 * The address to go to after signing in: always a page of this application.
 * @param {URLSearchParams} query of the sign-in page
 */
export function wayBack(query) {
  const then = query.get('then') ?? '';
  return isOwn(then) && !/^\/sign-(in|up)/.test(then) ? then : '/events';
}

/**
 * Whether an address stays in this application. Browsers drop control characters, so that `/\t/evil.example` is another site.
 * @param {string} address
 */
function isOwn(address) {
  return /^\/(?![/\\])/.test(address) && ![...address].some((letter) => letter <= ' ');
}
