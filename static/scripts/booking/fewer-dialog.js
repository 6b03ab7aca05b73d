// Asks which seats of a registration remain, where somebody gives some of them back.

import { openPanel } from '../ui/dialogs.js';
import { element, setText } from '../ui/dom.js';
import { stepper } from '../ui/stepper.js';
import { priceWords } from '../words/money.js';
import { fewerMissing, fewerWords, summedFewer } from './fewer.js';

/** @import { Remaining } from './fewer.js' */

const TEXTS = Object.freeze({
  keepAsItIs: 'Keep as it is',
  seatsYouTake: 'Seats you take',
  seatsYouKeep: 'Seats you keep',
  /** @param {number} seats */
  take: (seats) => `Take ${seats}`,
  /** @param {number} seats */
  keep: (seats) => `Keep ${seats}`,
  theyAreYoursAtOnce: 'They are yours at once. For more seats later, book again.',
  theOtherSeatsGoTo: 'The other seats go to the waitlist, or back on sale. For more seats later, book again.',
});

/**
 * Asks which seats remain. Null if none are given back.
 * @param {Api.Registration} registration
 * @param {{ title: string, most: number, taking: boolean }} options at most `most` seats remain; `taking` says that they
 *   are the ones that are free now
 * @returns {Promise<Remaining | null>}
 */
export async function fewerSeats(registration, { title, most, taking }) {
  let remaining = startOf(registration, most);
  const words = element('p', { class: 'consequences', role: 'status' });
  const alert = element('p', { class: 'form-error', role: 'alert' });
  const accept = element('button', { type: 'submit', class: 'button button-primary' });
  const decline = element('button', { type: 'button', class: 'button' }, TEXTS.keepAsItIs);
  const rows = registration.seats.map((seat) =>
    stepper({
      label: seat.name,
      detail: priceWords(seat.amount, registration.currency),
      onChange(count) {
        remaining = remaining.map((one) => (one.price === seat.price ? { ...one, count } : one));
        show();
      },
    }),
  );
  const form = element(
    'form',
    { class: 'form', novalidate: true, 'aria-label': title },
    element(
      'fieldset',
      { class: 'choices' },
      element('legend', {}, taking ? TEXTS.seatsYouTake : TEXTS.seatsYouKeep),
      rows.map(({ node }) => node),
    ),
    words,
    alert,
    element('div', { class: 'actions actions-end' }, decline, accept),
  );

  function show() {
    const { seats } = summedFewer(registration, remaining);
    for (const [index, { count }] of registration.seats.entries()) {
      const kept = remaining[index]?.count ?? 0;
      rows[index]?.update({ value: kept, min: 0, max: Math.min(count, most - seats + kept) });
    }
    setText(words, fewerWords(registration, remaining, taking));
    setText(alert, '');
    setText(accept, taking ? TEXTS.take(seats) : TEXTS.keep(seats));
  }

  const { dialog, closed } = openPanel({
    title,
    text: taking ? TEXTS.theyAreYoursAtOnce : TEXTS.theOtherSeatsGoTo,
    content: form,
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const missing = fewerMissing(registration, remaining);
    setText(alert, missing ?? '');
    if (missing === null) dialog.close('yes');
  });
  decline.addEventListener('click', () => dialog.close());
  show();
  rows[0]?.input.focus();
  return (await closed) === 'yes' ? remaining.filter(({ count }) => count > 0) : null;
}

/**
 * The seats that the dialog begins with: as many as may remain, from the first price on.
 * @param {Api.Registration} registration
 * @param {number} most
 * @returns {Remaining}
 */
function startOf({ seats }, most) {
  let room = most;
  return seats.map(({ price, count }) => {
    const kept = Math.min(count, room);
    room -= kept;
    return { price, count: kept };
  });
}
