/**
 * The address to go to after signing in: always a page of this application.
 * @param {URLSearchParams} query of the sign-in page
 */
export function wayBack(query) {
  const then = query.get('then') ?? '';
  return /^\/(?![/\\])/.test(then) && !/^\/sign-(in|up)/.test(then) ? then : '/events';
}
