// The rules and texts of giving some seats of a registration back.

import { amountWords } from '../words/money.js';
import { countOf } from '../words/numbers.js';

const TEXTS = Object.freeze({
  keepAtLeastOneSeat: 'Keep at least one seat. To give all of them back, close this and cancel your booking.',
  theseAreAllOfYour: 'These are all of your seats. Keep fewer.',
  /** @param {number} seats @param {string} all */
  youKeepOf: (seats, all) => `You keep ${seats} of ${all}`,
  /** @param {string} amount */
  for: (amount) => ` for ${amount}`,
  /** @param {string} seats @param {string} price @param {number} others */
  youGetNowAndLeave: (seats, price, others) =>
    `You get ${seats} now${price}, and leave the waitlist for the other ${others}.`,
  /** @param {string} kept */
  onTheWaitlist: (kept) => `${kept} on the waitlist.`,
  /** @param {string} gone */
  andGiveBack: (gone) => ` and give ${gone} back`,
  /** @param {string} kept @param {string} back @param {string} sum */
  youThenHaveToPay: (kept, back, sum) => `${kept}${back}. You then have ${sum} to pay.`,
  /** @param {string} kept @param {string} back @param {string} sum */
  theirPriceIsWhetherThe: (kept, back, sum) =>
    `${kept}${back}. Their price is ${sum}. Whether the rest is paid back follows the organizer’s rules. You see it afterwards.`,
});

/** The seats that remain, by price. @typedef {{ price: number, count: number }[]} Remaining */

/**
 * How many seats remain, and their sum.
 * @param {Pick<Api.Registration, 'seats'>} registration
 * @param {Remaining} remaining
 */
export function summedFewer({ seats }, remaining) {
  let count = 0;
  let amount = 0;
  for (const kept of remaining) {
    count += kept.count;
    amount += kept.count * (seats.find(({ price }) => price === kept.price)?.amount ?? 0);
  }
  return { seats: count, amount };
}

/**
 * Why these seats cannot be what remains, as a sentence, or null.
 * @param {Pick<Api.Registration, 'seats' | 'seat_count'>} registration
 * @param {Remaining} remaining
 */
export function fewerMissing(registration, remaining) {
  const { seats } = summedFewer(registration, remaining);
  if (seats === 0) return TEXTS.keepAtLeastOneSeat;
  return seats >= registration.seat_count ? TEXTS.theseAreAllOfYour : null;
}

/**
 * The consequences of keeping only these seats, in words.
 * @param {Pick<Api.Registration, 'seats' | 'seat_count' | 'status' | 'amount' | 'currency' | 'paid_at'>} registration
 * @param {Remaining} remaining
 * @param {boolean} [taking] whether they are the ones that are free now
 */
export function fewerWords(registration, remaining, taking = false) {
  const { seats, amount } = summedFewer(registration, remaining);
  const { seat_count: all, status, currency, paid_at: paid } = registration;
  const gone = countOf(all - seats, 'seat');
  const kept = TEXTS.youKeepOf(seats, countOf(all, 'seat'));
  if (taking) {
    const price = amount === 0 ? '' : TEXTS.for(amountWords(amount, currency));
    return TEXTS.youGetNowAndLeave(countOf(seats, 'seat'), price, all - seats);
  }
  if (status === 'WAITLISTED') return TEXTS.onTheWaitlist(kept);
  const back = seats === all ? '' : TEXTS.andGiveBack(gone);
  if (registration.amount === 0) return `${kept}${back}.`;
  const sum = amountWords(amount, currency);
  if (paid === null) return TEXTS.youThenHaveToPay(kept, back, sum);
  return TEXTS.theirPriceIsWhetherThe(kept, back, sum);
}
