// The order of an event's times, checked before they are sent. The server has the same rules, and decides.

const TEXTS = Object.freeze({
  theEndMustBeAfter: 'The end must be after the start.',
  /** @param {number} daysMax */
  anEventLastsAtMost: (daysMax) => `An event lasts at most ${daysMax} days.`,
  theEndMustBeIn: 'The end must be in the future.',
  theSaleMustOpenBefore: 'The sale must open before the event ends.',
  theSaleMustCloseAfter: 'The sale must close after it opens.',
  cancellingMustEndWhenThe: 'Cancelling must end when the event starts, or before.',
  thisIsInThePast: 'This is in the past: the event will have started.',
  thisIsInThePastThe: 'This is in the past: the sale will be open as soon as the event is published.',
  theEventWillHaveStarted: 'The event will have started before its sale opens.',
  thisIsInThePastNobody: 'This is in the past: nobody will be able to book.',
  theEventEndsBeforeThat: 'The event ends before that, and its sale ends with it.',
  thisIsInThePastNobodyWill: 'This is in the past: nobody will be able to cancel their booking.',
});

/**
 * @typedef {'starts_at' | 'ends_at' | 'sales_open_at' | 'sales_close_at' | 'cancel_until'} TimeName
 * Times in UTC; null for one that is not given. @typedef {Record<TimeName, string | null>} Times
 * @typedef {(name: TimeName) => boolean} IsNew whether a time differs from the one that is saved
 */

const DAYS_MAX = 366;
const DAY_MILLISECONDS = 86_400_000;

/**
 * The faults of times that the server would refuse, by the field that is to be changed. Times that are saved already may
 * stay as they are.
 * @param {Times} times
 * @param {{ now: number, isNew: IsNew }} options `now` in milliseconds
 * @returns {Partial<Record<TimeName, string>>}
 */
export function timeErrors(times, { now, isNew }) {
  const [start, end, open, close, until] = instants(times);
  /** @type {Partial<Record<TimeName, string>>} */
  const errors = {};
  // Comparisons with a time that is not given are false: it is NaN.
  if (isNew('starts_at') || isNew('ends_at')) {
    if (end <= start) errors.ends_at = TEXTS.theEndMustBeAfter;
    else if (end - start > DAYS_MAX * DAY_MILLISECONDS) errors.ends_at = TEXTS.anEventLastsAtMost(DAYS_MAX);
  }
  if (isNew('ends_at') && end <= now) errors.ends_at ??= TEXTS.theEndMustBeIn;
  if ((isNew('sales_open_at') || isNew('ends_at')) && open >= end) errors.sales_open_at = TEXTS.theSaleMustOpenBefore;
  if ((isNew('sales_open_at') || isNew('sales_close_at')) && close <= open)
    errors.sales_close_at = TEXTS.theSaleMustCloseAfter;
  if ((isNew('cancel_until') || isNew('starts_at')) && until > start)
    errors.cancel_until = TEXTS.cancellingMustEndWhenThe;
  return errors;
}

/**
 * Times that are possible, but hardly meant.
 * @param {Times} times
 * @param {{ now: number, isNew: IsNew }} options `now` in milliseconds
 * @returns {Partial<Record<TimeName, string>>}
 */
export function timeWarnings(times, { now, isNew }) {
  const [start, end, open, close, until] = instants(times);
  /** @type {Partial<Record<TimeName, string>>} */
  const warnings = {};
  if (isNew('starts_at') && start <= now) warnings.starts_at = TEXTS.thisIsInThePast;
  if (isNew('sales_open_at') && open <= now) warnings.sales_open_at = TEXTS.thisIsInThePastThe;
  else if (isNew('sales_open_at') && open > start) warnings.sales_open_at = TEXTS.theEventWillHaveStarted;
  if (isNew('sales_close_at') && close <= now) warnings.sales_close_at = TEXTS.thisIsInThePastNobody;
  else if (isNew('sales_close_at') && close > end) warnings.sales_close_at = TEXTS.theEventEndsBeforeThat;
  if (isNew('cancel_until') && until <= now) warnings.cancel_until = TEXTS.thisIsInThePastNobodyWill;
  return warnings;
}

/**
 * @param {Times} times
 * @returns {[start: number, end: number, open: number, close: number, until: number]}
 */
function instants(times) {
  /** @param {string | null} time */
  const of = (time) => (time === null ? NaN : Date.parse(time));
  const { starts_at: start, ends_at: end, sales_open_at: open, sales_close_at: close, cancel_until: until } = times;
  return [of(start), of(end), of(open), of(close), of(until)];
}
