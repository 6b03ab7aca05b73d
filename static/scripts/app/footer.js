// The foot of every page: what the operators of the site have to say about themselves, if they have filled it in.

import * as api from '../server/api.js';
import { element, webAddress } from '../ui/dom.js';
import { contactAddress } from '../ui/links.js';

/** @import { Site } from '../server/api.js' */

const TEXTS = Object.freeze({
  imprint: 'Imprint',
  privacy: 'Privacy',
  terms: 'Terms',
  contact: 'Contact',
  aboutThisSite: 'About this site',
});

/**
 * Fills the foot when the answer is there. Without an answer it stays empty.
 * @param {HTMLElement} foot
 */
export async function startFooter(foot) {
  try {
    foot.append(...parts(await api.site()));
  } catch {
    // Nothing on the page depends on it.
  }
}

/** @param {Site} site */
function parts({ name, imprint_url: imprint, privacy_url: privacy, terms_url: terms, contact }) {
  const links = [
    link(TEXTS.imprint, pageAddress(imprint)),
    link(TEXTS.privacy, pageAddress(privacy)),
    link(TEXTS.terms, pageAddress(terms)),
    link(TEXTS.contact, pageAddress(contact) ?? contactAddress(contact ?? '')),
  ].filter((one) => one !== null);
  if (links.length === 0) return [];
  return [
    element(
      'div',
      { class: 'site-foot-inner' },
      element('p', {}, name),
      element('ul', { 'aria-label': TEXTS.aboutThisSite }, links),
    ),
  ];
}

/**
 * The address of a page anywhere, or of one on this site.
 * @param {string | null} url
 */
function pageAddress(url) {
  if (url === null) return null;
  return /^\/(?![/\\])/.test(url) ? url : webAddress(url);
}

/**
 * @param {string} label
 * @param {string | null} href
 */
function link(label, href) {
  // With a target the browser follows it: the page may be on this site, and is none of the application's.
  return href === null ? null : element('li', {}, element('a', { href, target: '_top' }, label));
}
