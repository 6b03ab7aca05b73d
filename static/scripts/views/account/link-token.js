// The secret of the link that opened a page. It stands behind the `#`, which no server and no other site sees.

/** @type {{ path: string, token: string }} the page that a link opened last, and its secret */
let kept = { path: '', token: '' };

/**
 * Takes the secret out of the page's address, so that it stays neither there nor in the browser's history. It is kept
 * until this tab is loaded again, for a page that is drawn anew or comes back after signing in.
 * @param {URLSearchParams} fragment the part of the address after the `#`
 */
export function takeToken(fragment) {
  const { pathname: path } = location;
  const token = tokenOf(fragment);
  if (token !== '') {
    kept = { path, token };
    history.replaceState(history.state, '', path + location.search);
  }
  return kept.path === path ? kept.token : '';
}

/** Forgets the secret: it has been used. */
export function forgetToken() {
  kept = { path: '', token: '' };
}

/**
 * The secret, or nothing.
 * @param {URLSearchParams} fragment
 */
export function tokenOf(fragment) {
  return [...fragment.keys()].find((key) => /^[0-9A-Za-z]{32}$/.test(key)) ?? '';
}
