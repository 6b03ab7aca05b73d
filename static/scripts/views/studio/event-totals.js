import { element, setShown, setText } from '../../ui/dom.js';
import { counted } from '../../words/numbers.js';

/** @import { EventTotals } from '../../server/api.js' */

// The server counts so many events, the newest ones.
const COUNTED_MAX = 10_000;

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
  const list = element('dl', { class: 'totals' });
  const note = element('p', { class: 'soft small' });
  const node = element('div', { hidden: true }, list, note);
  return {
    node,
    /** @param {EventTotals | null} totals */
    update(totals) {
      setShown(node, totals !== null);
      if (totals === null) return;
      list.replaceChildren(
        ...FIGURES.map(([label, words]) =>
          element('div', { class: 'tile' }, element('dt', {}, label), element('dd', {}, words(totals))),
        ),
      );
      const isPart = totals.events >= COUNTED_MAX;
      setText(note, isPart ? `Counted over the newest ${counted(COUNTED_MAX)} events.` : '');
      setShown(note, isPart);
    },
  };
}
