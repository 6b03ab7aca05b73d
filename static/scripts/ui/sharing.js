import { isAbort } from '../server/failures.js';
import { toast } from './messages.js';

const TEXTS = Object.freeze({
  linkCopied: 'Link copied.',
  /** @param {string} url */
  copyThisLink: (url) => `Copy this link: ${url}`,
});

/**
 * Offers an address to the device's own ways of sharing, or copies it where there are none.
 * @param {{ title: string, url: string }} page
 */
export async function share({ title, url }) {
  if (typeof navigator.share === 'function') {
    try {
      await navigator.share({ title, url });
      return;
    } catch (error) {
      // Its person has closed the device's sheet.
      if (isAbort(error)) return;
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    toast(TEXTS.linkCopied, 'good');
  } catch {
    // Without HTTPS a browser lets no page write to the clipboard.
    toast(TEXTS.copyThisLink(url));
  }
}
