// What the panel with one's own place says, in every situation.

import { countOf, counted } from '../words/numbers.js';
import { countdown, dateAndTime, inBothZones } from '../words/times.js';

/**
 * `{ state, heading, words, number?, countdown?, book?, signIn, leave? }`: the texts of the panel; a button without a
 * text is not there.
 */
export function placeWords(situation) {
  const { registration, known, signedIn } = situation;
  if (!known) return { state: 'unknown', heading: 'Your place', words: 'Looking up your place…', signIn: false };
  if (registration?.status === 'CONFIRMED') return seated(situation);
  if (registration?.status === 'WAITLISTED') return waiting(situation);
  const shown = without(situation);
  if (signedIn || !shown.book) return { ...shown, signIn: !signedIn && shown.state === 'early' };
  return { ...shown, book: null, signIn: true };
}

function seated({ sale, registration }) {
  const kept = { state: 'confirmed', heading: 'You have a seat', signIn: false };
  if (sale.code === 'cancelled')
    return {
      ...kept,
      state: 'none',
      words: 'You had a seat, but the event was cancelled.',
      heading: 'Event cancelled',
    };
  if (sale.code === 'ended') return { ...kept, words: 'You had a seat. The event is over.' };
  return {
    ...kept,
    words: `Confirmed on ${dateAndTime(registration.confirmed_at ?? registration.registered_at)}.`,
    leave: 'Give up my seat',
  };
}

function waiting({ sale, registration, event }) {
  const kept = { state: 'waiting', heading: 'You are in line', signIn: false };
  if (sale.code === 'cancelled')
    return {
      ...kept,
      state: 'none',
      words: 'You were in line, but the event was cancelled.',
      heading: 'Event cancelled',
    };
  if (sale.code === 'ended') return { ...kept, words: 'You were in line. The event is over.' };
  const { position } = registration;
  return {
    ...kept,
    number: position ? counted(position) : null,
    words:
      position === 1
        ? 'You are next: the first seat that becomes free is yours, by itself.'
        : `${position ? `of ${counted(Math.max(event.waiting, position))} in line. ` : ''}Seats that become free go down the line by themselves.`,
    leave: 'Leave the line',
  };
}

function without({ event, sale, signedIn, unsettled, opensAt, now }) {
  const none = { state: 'none', heading: 'Your place', signIn: false };
  switch (sale.code) {
    case 'cancelled':
      return { ...none, heading: 'Event cancelled', words: 'This event was cancelled by its organizer.' };
    case 'ended':
      return { ...none, words: 'This event is over.' };
    case 'draft':
      return { ...none, words: 'This event is a draft. It can be booked once it is published.' };
    case 'testing':
      return {
        ...none,
        words: 'This event is being stress-tested. Booking is possible again when the test is undone.',
      };
    case 'closed':
      return { ...none, words: `The sale closed on ${inBothZones(event.sales_close_at, event.time_zone)}.` };
    case 'early': {
      const opens = opensAt ?? Date.parse(event.sales_open_at);
      const words = `The sale opens on ${inBothZones(opens, event.time_zone)}. ${signedIn ? 'The button appears by itself.' : 'Sign in before, to be quick.'}`;
      return { ...none, state: 'early', heading: 'Sale opens in', words, countdown: countdown(opens - now) };
    }
    default:
  }
  if (unsettled) {
    return {
      ...none,
      words: 'Your last request has no answer yet. Ask again to find out; it never takes a second place.',
      book: 'Ask again',
    };
  }
  if (sale.code === 'full') {
    const ahead =
      event.waiting === 0 ? 'Nobody is waiting yet.' : `${countOf(event.waiting, 'person is', 'people are')} waiting.`;
    return {
      ...none,
      words: `All seats are taken. ${ahead} Join the line and the next free seat comes to you in turn.`,
      book: 'Join the waiting line',
    };
  }
  return { ...none, words: `${countOf(event.seats_remaining, 'seat is', 'seats are')} free.`, book: 'Book a seat' };
}
