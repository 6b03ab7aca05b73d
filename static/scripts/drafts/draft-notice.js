import { element } from '../ui/dom.js';

/** Says that what was typed before is back, with a way to drop it. Without anything restored it stays hidden. */
export function draftNotice(restored, onDrop) {
  return element(
    'p',
    { class: 'notice', role: 'status', hidden: !restored },
    element('span', {}, 'What you had typed here is back; it is not saved yet.'),
    element('button', { type: 'button', class: 'text-button', onclick: onDrop }, 'Drop it'),
  );
}
