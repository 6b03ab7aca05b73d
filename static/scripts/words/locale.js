// The language of the page's texts. Numbers, money, plurals and dates follow it by `Intl`.

/** For numbers, money and plurals. */
export const LANGUAGE = 'en';

/** For dates: the day before the month, and 24 hours. */
export const DATES = 'en-GB';
