import { shared } from '../browser/storage.js';
import { element, setText } from '../ui/dom.js';
import { icon } from '../ui/icons.js';

const TEXTS = Object.freeze({
  switchToLight: 'Switch to light',
  switchToDark: 'Switch to dark',
});

const KEY = 'onsale.theme';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');

/** A button that switches between light and dark. */
export function themeToggle() {
  const label = element('span', { class: 'visually-hidden' });
  const button = element(
    'button',
    { type: 'button', class: 'icon-button theme-toggle' },
    icon('moon'),
    icon('sun'),
    label,
  );
  const show = () => {
    const dark = isDark();
    button.classList.toggle('is-dark', dark);
    setText(label, dark ? TEXTS.switchToLight : TEXTS.switchToDark);
    button.title = label.textContent;
  };
  button.addEventListener('click', () => {
    choose(isDark() ? 'light' : 'dark');
    show();
  });
  systemDark.addEventListener('change', show);
  show();
  return button;
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : systemDark.matches;
}

/**
 * A choice that equals the system's is not kept, so that the page follows the system again.
 * @param {'light' | 'dark'} theme
 */
function choose(theme) {
  if ((theme === 'dark') === systemDark.matches) {
    delete document.documentElement.dataset.theme;
    shared.remove(KEY);
  } else {
    document.documentElement.dataset.theme = theme;
    shared.write(KEY, theme);
  }
}
