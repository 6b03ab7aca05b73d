// The table of messages that were sent to people, for those who run an event or the site.

import { address } from '../../browser/navigation.js';
import { isAbort } from '../../server/failures.js';
import { dataTable } from '../../ui/data-table.js';
import { openPanel } from '../../ui/dialogs.js';
import { element } from '../../ui/dom.js';
import { messageParts } from '../../ui/message-parts.js';
import { toast } from '../../ui/messages.js';
import { badge } from '../../ui/seats.js';
import { kindWords, maySendAgain, sendingWords, stateLabel } from '../../words/messages.js';
import { sentenceOf } from '../../words/problems.js';
import { dateAndTime } from '../../words/times.js';

/** @import { Column } from '../../ui/data-table.js' */

const TEXTS = Object.freeze({
  caption: 'Messages, newest first',
  person: 'Person',
  message: 'Message',
  event: 'Event',
  state: 'Mail',
  time: 'Written',
  actions: 'Actions',
  read: 'Read',
  again: 'Send again',
  /** @param {Api.Message} message */
  about: ({ subject, person }) => ` “${subject}”${person ? ` to ${person.name}` : ''}`,
  /** @param {Api.Message} message */
  sent: ({ person }) => `The message${person ? ` to ${person.name}` : ''} will be sent again.`,
});

/**
 * @param {object} options
 * @param {boolean} options.hasEvents whether the messages are of several events
 * @param {(message: Api.Message) => Promise<void>} options.resend
 * @param {(id: string, newest: Partial<Api.Message>) => void} options.onSentAgain
 */
export function messageTable({ hasEvents, resend, onSentAgain }) {
  /** @type {Column<Api.Message>[]} */
  const columns = [
    {
      label: TEXTS.person,
      cell: ({ person }) => [
        element('span', { class: 'cell-main', dir: 'auto' }, person?.name),
        element('span', { class: 'cell-second' }, person?.email),
      ],
    },
    {
      label: TEXTS.message,
      kind: 'cell-wrap message-cell',
      cell: ({ kind, subject }) => [
        element('span', { class: 'cell-plain' }, kindWords(kind)),
        element('span', { class: 'cell-second', dir: 'auto' }, subject),
      ],
    },
    ...(hasEvents
      ? [
          {
            label: TEXTS.event,
            kind: 'cell-wrap message-cell',
            /** @param {Api.Message} message */
            cell: ({ event }) =>
              element('a', { href: address('studio', event.id, 'messages'), dir: 'auto' }, event.title),
          },
        ]
      : []),
    { label: TEXTS.time, kind: 'cell-time', cell: ({ created_at: at }) => dateAndTime(at) },
    {
      label: TEXTS.state,
      kind: 'cell-wrap message-cell',
      cell(message) {
        const words = sendingWords(message);
        return [
          badge(...stateLabel(message.state)),
          words !== null && element('span', { class: 'cell-second', dir: 'auto' }, words),
        ];
      },
    },
    {
      purpose: TEXTS.actions,
      cell: (message) =>
        element(
          'div',
          { class: 'row-actions' },
          action(TEXTS.read, message, () => read(message)),
          maySendAgain(message) && action(TEXTS.again, message, (button) => sendAgain(message, button)),
        ),
    },
  ];

  /**
   * @param {string} label
   * @param {Api.Message} message
   * @param {(button: HTMLButtonElement) => void} act
   */
  function action(label, message, act) {
    const about = element('span', { class: 'visually-hidden' }, TEXTS.about(message));
    const button = element('button', { type: 'button', class: 'button button-small' }, label, about);
    button.addEventListener('click', () => act(button));
    return button;
  }

  /**
   * @param {Api.Message} message
   * @param {HTMLButtonElement} button
   */
  async function sendAgain(message, button) {
    if (button.getAttribute('aria-disabled')) return;
    button.setAttribute('aria-disabled', 'true');
    try {
      await resend(message);
      toast(TEXTS.sent(message), 'good');
      onSentAgain(message.id, { state: 'DUE', ended_at: null, tries: 0, last_error: null });
    } catch (error) {
      if (!isAbort(error)) toast(sentenceOf(error));
    } finally {
      button.removeAttribute('aria-disabled');
    }
  }

  const { node, body, row } = dataTable({ caption: TEXTS.caption, columns });

  /** @param {Api.Message} message */
  function messageRow(message) {
    let known = message;
    const own = row(message);
    return {
      node: own,
      /** @param {Partial<Api.Message>} newest */
      update(newest) {
        const hadFocus = own.contains(document.activeElement);
        known = { ...known, ...newest };
        own.replaceChildren(...row(known).childNodes);
        // The pressed button is gone.
        if (hadFocus) own.querySelector('button')?.focus();
      },
    };
  }

  return { node, body, row: messageRow };
}

/** @param {Api.Message} message */
function read(message) {
  openPanel({ title: message.heading, content: messageParts(message) });
}
