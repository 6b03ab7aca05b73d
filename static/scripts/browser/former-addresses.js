// Links of former times, when the part after `#` named the page.

/** Pages that have other paths now. @type {[former: RegExp, now: string][]} */
const RENAMED = [
  [/^\/registrations$/, '/tickets'],
  [/^\/admin\/users$/, '/admin/people'],
  [/^\/admin\/([0-9a-f-]{36})$/, '/admin/tests/$1'],
];

/**
 * The address of today. Null for a part that named no page.
 * @param {string} hash such as `#/events/42?code=EARLY`
 */
export function formerAddress(hash) {
  if (!/^#\/(?![/\\])/.test(hash)) return null;
  const [former = '', search = ''] = hash.slice(1).split('?', 2);
  const path = RENAMED.reduce((one, [from, to]) => one.replace(from, to), former);
  const query = new URLSearchParams(search);
  const code = query.get('code');
  query.delete('code');
  const rest = query.size === 0 ? '' : `?${query}`;
  return `${path}${rest}${code === null ? '' : `#${new URLSearchParams({ code })}`}`;
}
