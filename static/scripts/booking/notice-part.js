// A switch for notices, beside a place on the waitlist. Only it asks the browser for them.

import { areNoticesBlocked, canNotify, switchOff, switchOn, wantsNotices } from '../browser/notices.js';
import { element, setShown, setText } from '../ui/dom.js';

const TEXTS = Object.freeze({
  notifyMeOnThisDevice: 'Notify me on this device',
  yourBrowserBlocksNotificationsFrom: 'Your browser blocks notifications from this site. Allow them in its settings.',
  whenYouGetASeat: 'When you get a seat, as long as this page is open.',
});

let count = 0;

export function noticePart() {
  count += 1;
  const id = `notice-${count}`;
  const input = element('input', {
    type: 'checkbox',
    role: 'switch',
    'aria-labelledby': `${id}-name`,
    'aria-describedby': `${id}-hint`,
  });
  const hint = element('span', { class: 'hint', id: `${id}-hint`, role: 'status' });
  const node = element(
    'label',
    { class: 'choice notice-switch', hidden: true },
    input,
    element('span', {}, element('span', { id: `${id}-name` }, TEXTS.notifyMeOnThisDevice), hint),
  );

  function show() {
    input.checked = wantsNotices();
    setText(hint, areNoticesBlocked() ? TEXTS.yourBrowserBlocksNotificationsFrom : TEXTS.whenYouGetASeat);
  }

  input.addEventListener('change', async () => {
    if (input.checked) await switchOn();
    else switchOff();
    show();
  });

  return {
    node,
    /** @param {boolean} waiting whether the user is on a waitlist */
    update(waiting) {
      const shown = waiting && canNotify();
      if (shown && node.hidden) show();
      setShown(node, shown);
    },
  };
}
