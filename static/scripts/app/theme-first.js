'use strict';
try {
  const chosen = localStorage.getItem('onsale.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be blocked; the system's preference holds then.
}
