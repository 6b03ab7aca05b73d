// Addresses that come from people's texts. What is no address of a known kind becomes no link: other schemes could run code.

import { webAddress } from './dom.js';

const MAP = 'https://www.openstreetmap.org/search?query=';
const EMAIL = /^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\/?#&]+$/;
// Such places are on no map.
const NOWHERE = /^(?:online|virtual|remote)\b/i;

/**
 * The address for a link that a text has: a web address or one for mail. Null for all others.
 * @param {unknown} href
 */
export function linkAddress(href) {
  if (typeof href !== 'string') return null;
  const mail = /^mailto:(.+)$/i.exec(href)?.[1];
  return mail === undefined ? webAddress(href) : mailAddress(mail);
}

/**
 * The address for a link to a contact: an e-mail address or a web address. Null if it is neither.
 * @param {string} contact
 */
export function contactAddress(contact) {
  return webAddress(contact) ?? mailAddress(contact);
}

/**
 * The address of a map that searches for a place. Null for places that are on no map.
 * @param {string} place
 */
export function mapAddress(place) {
  return place.trim() === '' || NOWHERE.test(place) || webAddress(place) ? null : MAP + encodeURIComponent(place);
}

/**
 * Without a subject or a text: the sender writes those.
 * @param {string} email
 */
function mailAddress(email) {
  if (!EMAIL.test(email)) return null;
  const at = email.lastIndexOf('@');
  return `mailto:${encodeURIComponent(email.slice(0, at))}@${email.slice(at + 1)}`;
}
