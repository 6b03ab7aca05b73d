import { isAbort } from '../server/failures.js';
import { toast } from './messages.js';

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
    toast('Link copied.', 'good');
  } catch {
    // Without HTTPS a browser lets no page write to the clipboard.
    toast(`Copy this link: ${url}`);
  }
}
