// Notices that the device shows over everything else. Nobody is asked for them before they ask for them.

import { shared } from './storage.js';

const KEY = 'onsale.notices';

/** @type {boolean | null} */
let possible = null;

/** Whether this browser can show notices of a page that is open. */
export function canNotify() {
  possible ??= window.isSecureContext && typeof Notification === 'function' && isConstructible();
  return possible;
}

/** Whether the visitor wants notices on this device, and the browser lets them through. */
export function wantsNotices() {
  return canNotify() && Notification.permission === 'granted' && shared.read(KEY) === 'on';
}

/** Whether the visitor has told the browser to let none through. */
export function areNoticesBlocked() {
  return canNotify() && Notification.permission === 'denied';
}

/**
 * Asks the browser for notices, because the visitor has switched them on. False if it lets none through.
 * @returns {Promise<boolean>}
 */
export async function switchOn() {
  if (!canNotify() || (await Notification.requestPermission()) !== 'granted') return false;
  shared.write(KEY, 'on');
  return true;
}

/** No more notices on this device. */
export function switchOff() {
  shared.remove(KEY);
}

/**
 * Shows a notice if the visitor wants them and does not look at the page.
 * @param {{ title: string, text: string, tag: string }} notice of two with the same tag, as from two tabs, one is shown
 */
export function notify({ title, text, tag }) {
  if (!document.hidden || !wantsNotices()) return;
  try {
    const notice = new Notification(title, { body: text, tag });
    notice.addEventListener('click', () => {
      window.focus();
      notice.close();
    });
  } catch {
    // Chromium on Android refuses here, even if it was permitted in its settings. The tab's title tells all the same.
  }
}

/**
 * Chromium on Android has the constructor, and refuses it there: notices are for service workers alone. Without a
 * permission this shows nothing; with one it was possible before.
 */
function isConstructible() {
  if (Notification.permission === 'granted') return true;
  try {
    new Notification('').close();
    return true;
  } catch {
    return false;
  }
}
