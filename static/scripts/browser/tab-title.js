// The tab's title, for somebody who looks at another tab.

/** The title without a word, while one is told. @type {string | null} */
let plain = null;
let told = '';

/**
 * Puts words before the title until their reader looks at the tab. Does nothing if they look at it already.
 * @param {string} words
 */
export function tellInTitle(words) {
  if (!document.hidden) return;
  // A page that was shown in the meantime has a title of its own.
  if (plain === null || document.title !== told) plain = document.title;
  told = `(${words}) ${plain}`;
  document.title = told;
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden || plain === null) return;
  if (document.title === told) document.title = plain;
  plain = null;
});
