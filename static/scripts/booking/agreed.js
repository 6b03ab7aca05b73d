import { Problem } from '../server/failures.js';
import { confirmed } from '../ui/dialogs.js';
import { amountWords } from '../words/money.js';
import * as booking from './requests.js';

/** @import { Progress } from '../server/retrying.js' */
/** @import { Wanted } from './choice.js' */

const TEXTS = Object.freeze({
  thePriceHasChanged: 'The price has changed',
  /** @param {string} now @param {string} before */
  yourSeatsNowCostNot: (now, before) => `Your seats now cost ${now}, not ${before}.`,
  /** @param {string} now */
  bookFor: (now) => `Book for ${now}`,
  dontBook: 'Don’t book',
});

/**
 * Books, and asks the person where the sum is another one by now. Null if they do not want it then.
 * @param {Pick<Api.Event, 'id' | 'currency'>} event
 * @param {Wanted | null} wanted
 * @param {{ progress: Progress, onDiffers: () => void }} options `onDiffers` is called before each question
 * @returns {Promise<Api.Registration | null>}
 */
export async function bookAgreed(event, wanted, { progress, onDiffers }) {
  let asked = wanted;
  for (;;) {
    try {
      return await booking.book(event.id, asked, progress);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'amount-differs' || asked === null) throw error;
      const { amount, currency = event.currency } = error.body;
      if (amount === undefined) throw error;
      onDiffers();
      const now = amountWords(amount, currency);
      const agreed = await confirmed({
        title: TEXTS.thePriceHasChanged,
        text: TEXTS.yourSeatsNowCostNot(now, amountWords(asked.amount, currency)),
        yes: TEXTS.bookFor(now),
        no: TEXTS.dontBook,
      });
      if (!agreed || progress.signal.aborted) return null;
      asked = { ...asked, amount };
    }
  }
}
