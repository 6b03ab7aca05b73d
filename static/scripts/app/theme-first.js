try {
  const chosen = localStorage.getItem('onsale.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Without storage the system's preference applies.
}
