import { afterKey, isScan, NO_BURST } from './rules/keys.js';

/**
 * Listens to a hand scanner, wherever the focus is. Its keys go into no field and press no button.
 * @param {(text: string) => void} onScan
 * @param {AbortSignal} signal
 */
export function listenToKeys(onScan, signal) {
  let burst = NO_BURST;
  /**
   * The field that the first keys went into, with its text before.
   * @type {{ field: HTMLInputElement, text: string } | null}
   */
  let touched = null;

  document.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.key === 'Enter' && isScan(burst, event.timeStamp)) {
        event.preventDefault();
        event.stopImmediatePropagation();
        if (touched !== null) put(touched.field, touched.text);
        const { text } = burst;
        [burst, touched] = [NO_BURST, null];
        onScan(text);
        return;
      }
      const next = afterKey(burst, event.key, event.timeStamp);
      if (next.count === 1 && next !== burst) {
        const field = event.target instanceof HTMLInputElement ? event.target : null;
        touched = field === null ? null : { field, text: field.value };
      }
      // A space among quick keys would press the button that has the focus.
      if (next.count > 1 && event.key === ' ' && touched === null) event.preventDefault();
      burst = next;
    },
    { capture: true, signal },
  );
}

/**
 * @param {HTMLInputElement} field
 * @param {string} text
 */
function put(field, text) {
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
