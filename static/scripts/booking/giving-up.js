import { confirmed } from '../ui/dialogs.js';

/**
 * Asks for confirmation before a seat or a place in line is given up.
 * @param {{ status: Api.RegistrationStatus }} registration
 * @param {string} title the event's
 */
export function surelyGivenUp({ status }, title) {
  const seated = status === 'CONFIRMED';
  return confirmed({
    title: seated ? 'Give up your seat?' : 'Leave the line?',
    text: seated
      ? `Your seat at “${title}” goes to the first person in line at once, or on sale again. If you book again, you start at the end of the line.`
      : `You lose your place in line for “${title}”. If you book again, you start at the end.`,
    yes: seated ? 'Give up my seat' : 'Leave the line',
    no: 'Keep it',
    danger: true,
  });
}
