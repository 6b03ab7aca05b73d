import { changeAddress } from '../../server/proofs-api.js';
import { field, form, passwordField } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { trimmed } from '../../words/text.js';

const TEXTS = Object.freeze({
  change: 'Change e-mail address',
  newAddress: 'New e-mail address',
  hint: 'We send a link there. Your address changes when you open it.',
  password: 'Password for this change',
  sending: 'Sending…',
  /** @param {string} address */
  sent: (address) => `A link is on its way to ${address}.`,
});

/** A form that sends a link to another address. */
export function addressForm() {
  const email = field({
    name: 'email',
    label: TEXTS.newAddress,
    type: 'email',
    required: true,
    autocomplete: 'email',
    autocapitalize: 'none',
    characters: 254,
    hint: TEXTS.hint,
  });
  const password = passwordField({
    name: 'current_password',
    label: TEXTS.password,
    autocomplete: 'current-password',
  });
  const made = form({
    name: TEXTS.change,
    fields: [email, password],
    label: TEXTS.change,
    busyLabel: TEXTS.sending,
    async send() {
      const address = trimmed(email.value());
      await changeAddress(address, password.value());
      made.node.reset();
      toast(TEXTS.sent(address), 'good');
    },
  });
  return made.node;
}
