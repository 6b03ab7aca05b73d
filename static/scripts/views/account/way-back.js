/** Where to go after signing in: only to a page of this application. */
export function wayBack(query) {
  const then = query.get('then') ?? '';
  return then.startsWith('/') && !/^\/sign-(in|up)/.test(then) ? `#${then}` : '#/events';
}
