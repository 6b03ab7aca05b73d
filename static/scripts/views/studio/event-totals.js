import { element, setShown } from '../../ui/dom.js';
import { counted } from '../../words/numbers.js';

/** @import { EventTotals } from '../../server/api.js' */

/** @type {[label: string, words: (totals: EventTotals) => string][]} */
const FIGURES = [
  ['Events', ({ events }) => counted(events)],
  ['Published', ({ published }) => counted(published)],
  ['Drafts', ({ drafts }) => counted(drafts)],
  ['Cancelled', ({ cancelled }) => counted(cancelled)],
  ['Seats sold', ({ sold, seats }) => `${counted(sold)} of ${counted(seats)}`],
  ['On the waitlist', ({ waiting }) => counted(waiting)],
];

/** The totals of a list of events. Nothing is shown while they are not known. */
export function eventTotals() {
  const node = element('dl', { class: 'totals', hidden: true });
  return {
    node,
    /** @param {EventTotals | null} totals */
    update(totals) {
      setShown(node, totals !== null);
      if (totals === null) return;
      node.replaceChildren(
        ...FIGURES.map(([label, words]) =>
          element('div', {}, element('dt', {}, label), element('dd', {}, words(totals))),
        ),
      );
    },
  };
}
