// The panel with an event's picture: choose one, or remove it.

import { sendable } from '../../browser/photos.js';
import * as api from '../../server/api.js';
import { isAbort, Problem } from '../../server/failures.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { eventPicture } from '../../ui/event-picture.js';
import { toast } from '../../ui/messages.js';
import { sentenceOf } from '../../words/problems.js';

const TEXTS = Object.freeze({
  picture: 'Picture',
  about: 'It’s shown on the event’s page, in e-mails, and where people share the link. A wide one fits best.',
  add: 'Add picture',
  replace: 'Replace picture',
  uploading: 'Uploading…',
  remove: 'Remove picture',
  saved: 'The picture has been saved.',
  removed: 'The picture has been removed.',
  noPicture: 'This file can’t be used. Choose a JPEG or PNG picture of at most 25 megapixels.',
  tooLarge: 'This file is too large. Choose one of at most 10 MB.',
});

/** The sentences of problems that are about a file here. @type {Record<string, string>} */
const OF_FILES = {
  'unusable-picture': TEXTS.noPicture,
  'unsupported-media-type': TEXTS.noPicture,
  'body-too-large': TEXTS.tooLarge,
};

/**
 * The panel.
 * @param {Api.Event} first
 */
export function picturePanel(first) {
  const { id } = first;
  let { picture } = first;
  const shown = eventPicture();
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const file = element('input', {
    type: 'file',
    class: 'visually-hidden',
    accept: 'image/*',
    tabindex: '-1',
    'aria-hidden': 'true',
  });
  const choose = element('button', { type: 'button', class: 'button' });
  const remove = element('button', { type: 'button', class: 'button button-quiet-danger' }, TEXTS.remove);
  const buttons = [choose, remove];

  /** @param {Api.Event['picture']} newest */
  function show(newest) {
    picture = newest;
    shown.update({ ...first, picture });
    setText(choose, picture ? TEXTS.replace : TEXTS.add);
    const hadFocus = document.activeElement === remove;
    setShown(remove, Boolean(picture));
    if (hadFocus && !picture) choose.focus();
  }

  /** @param {() => Promise<void>} change */
  async function act(change) {
    if (buttons.some((button) => button.getAttribute('aria-disabled'))) return;
    for (const button of buttons) button.setAttribute('aria-disabled', 'true');
    setText(problem, '');
    try {
      await change();
    } catch (error) {
      if (isAbort(error)) return;
      setText(problem, (error instanceof Problem && OF_FILES[error.code]) || sentenceOf(error));
      setText(choose, picture ? TEXTS.replace : TEXTS.add);
    } finally {
      for (const button of buttons) button.removeAttribute('aria-disabled');
    }
  }

  async function upload() {
    const chosen = file.files?.[0];
    if (!chosen) return;
    setText(choose, TEXTS.uploading);
    try {
      show(await api.uploadPicture(id, await sendable(chosen)));
      toast(TEXTS.saved, 'good');
    } finally {
      // The same file can be chosen once more.
      file.value = '';
    }
  }

  choose.addEventListener('click', () => {
    if (!choose.getAttribute('aria-disabled')) file.click();
  });
  file.addEventListener('change', () => act(upload));
  remove.addEventListener('click', () =>
    act(async () => {
      await api.removePicture(id);
      show(null);
      toast(TEXTS.removed, 'good');
    }),
  );
  show(picture ?? null);
  return element(
    'section',
    { class: 'panel page-form', 'aria-labelledby': 'picture' },
    element('h2', { id: 'picture' }, TEXTS.picture),
    element('p', { class: 'soft' }, TEXTS.about),
    shown.node,
    problem,
    element('div', { class: 'actions' }, choose, remove, file),
  );
}
