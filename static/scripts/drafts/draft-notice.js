import { element } from '../ui/dom.js';

const TEXTS = Object.freeze({
  unsavedChangesRestored: 'Unsaved changes restored.',
  discard: 'Discard',
});

/**
 * The notice that a draft was restored, with a button to discard it.
 * @param {boolean} restored the notice is hidden otherwise
 * @param {() => void} onDrop
 */
export function draftNotice(restored, onDrop) {
  return element(
    'p',
    { class: 'notice', role: 'status', hidden: !restored },
    element('span', {}, TEXTS.unsavedChangesRestored),
    element('button', { type: 'button', class: 'text-button', onclick: onDrop }, TEXTS.discard),
  );
}
