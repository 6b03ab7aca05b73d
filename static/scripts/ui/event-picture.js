// The picture of an event.

import { element, setShown } from './dom.js';
import { ifChanged } from './if-changed.js';

const SMALL_SIDE_MAX = 800;
// A phone with three points a pixel shows the small one: it is sharp enough, and half of the bytes.
const SIZES = '(max-width: 40rem) 60vw, 100vw';

/** An event's picture, hidden without one. It says nothing that the title beside it does not. */
export function eventPicture() {
  const node = element('img', { class: 'event-picture', alt: '', decoding: 'async', hidden: true });
  return {
    node,
    update: ifChanged(
      /** @param {Api.Event} event */
      ({ picture }) => [picture?.large],
      /** @param {Api.Event} event */
      ({ picture }) => {
        setShown(node, Boolean(picture));
        // A server of before has none.
        if (!picture) return;
        const { width, height, large, small } = picture;
        const scale = Math.min(1, SMALL_SIDE_MAX / Math.max(width, height));
        /** @type {(path: string, pixels: number) => string} */
        const source = (path, pixels) => [path, `${pixels}w`].join(' ');
        // With its size, it has its room before it has come.
        node.width = width;
        node.height = height;
        node.sizes = SIZES;
        // It is never enlarged.
        node.style.setProperty('max-width', `${width}px`);
        node.srcset = [source(small, Math.max(1, Math.round(width * scale))), source(large, width)].join(', ');
        node.src = large;
      },
    ),
  };
}
