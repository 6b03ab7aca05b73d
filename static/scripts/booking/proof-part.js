// Tells a buyer to confirm the e-mail address where the event is only for people with a confirmed one.

import * as api from '../server/api.js';
import * as session from '../server/session.js';
import { element, setShown } from '../ui/dom.js';
import { verificationButton } from '../ui/verification.js';

const TEXTS = Object.freeze({
  confirmFirst:
    'This event is for people with a confirmed e-mail address. Open the link that was sent to you, or have it sent again.',
});

/** The part, which is hidden from everybody else. */
export function proofPart() {
  const words = element('p', { class: 'notice' }, TEXTS.confirmFirst);
  const node = element('div', { class: 'stack', hidden: true }, words, verificationButton());
  let asked = false;
  let sendsMail = false;
  let wanted = false;
  let refused = false;

  function draw() {
    // A refusal has said it in its own words.
    setShown(words, !refused);
    setShown(node, refused || (wanted && sendsMail));
  }

  return {
    node,
    /**
     * @param {Api.Event} event
     * @param {boolean} offered whether its seats can be booked, now or later
     */
    show(event, offered) {
      wanted = offered && event.verified_buyers_only === true && session.user()?.is_verified === false;
      draw();
      // A server without mail takes everybody. Only few buyers have to know, so only they ask.
      if (!wanted || asked) return;
      asked = true;
      api.site().then(
        (site) => {
          sendsMail = site.sends_mail === true;
          draw();
        },
        () => {},
      );
    },
    /** @param {boolean} isRefused whether a booking was refused for this */
    refuse(isRefused) {
      refused = isRefused;
      draw();
    },
  };
}
