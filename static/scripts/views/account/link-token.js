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

let kept = '';

/**
 * Takes the secret as well, and keeps it until it is used or this tab is loaded again: its reader may have to sign in
 * first. Only for a secret that is of no use to anybody else.
 * @param {URLSearchParams} fragment
 */
export function keptToken(fragment) {
  kept = takeToken(fragment) || kept;
  return kept;
}

/** Forgets the secret: it has been used. */
export function forgetToken() {
  kept = '';
}

/**
 * The secret, or nothing.
 * @param {URLSearchParams} fragment
 */
export function tokenOf(fragment) {
  return [...fragment.keys()].find((key) => /^[0-9A-Za-z]{32}$/.test(key)) ?? '';
}
