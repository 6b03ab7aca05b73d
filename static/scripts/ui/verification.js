// A button that sends the signed-in user a link to confirm the e-mail address.

import { sendVerification } from '../server/proofs-api.js';
import { sentenceOf } from '../words/problems.js';
import { element, setText } from './dom.js';

const TEXTS = Object.freeze({
  send: 'Send the link again',
  sent: 'An e-mail is on its way. Open its link, and come back.',
});

/** The button, and a line that says how it went. */
export function verificationButton() {
  const words = element('p', { class: 'soft', role: 'status' });
  let sending = false;
  const button = element('button', { type: 'button', class: 'button' }, TEXTS.send);
  button.addEventListener('click', async () => {
    if (sending) return;
    sending = true;
    setText(words, '');
    try {
      await sendVerification();
      setText(words, TEXTS.sent);
    } catch (error) {
      setText(words, sentenceOf(error));
    } finally {
      sending = false;
    }
  });
  return element('div', { class: 'stack' }, button, words);
}
