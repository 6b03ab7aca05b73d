// The secret of the link that opened a page. It stands behind the `#`, which no server and no other site sees.

/**
 * Takes the secret out of the page's address, so that it stays neither there nor in the browser's history.
 * @param {URLSearchParams} fragment the part of the address after the `#`
 */
export function takeToken(fragment) {
  const token = tokenOf(fragment);
  if (token !== '') history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}

/**
 * The secret, or nothing.
 * @param {URLSearchParams} fragment
 */
export function tokenOf(fragment) {
  return [...fragment.keys()].find((key) => /^[0-9A-Za-z]{32}$/.test(key)) ?? '';
}
