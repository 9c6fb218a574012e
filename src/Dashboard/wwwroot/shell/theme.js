// Before anything is drawn: light or dark, as last chosen here, else as the system is.
(() => {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => { try { return localStorage.getItem('theme'); } catch { return null; } };
  const show = () => { root.dataset.theme = chosen() ?? (system.matches ? 'dark' : 'light'); };
  system.addEventListener('change', show);
  addEventListener('storage', show);
  addEventListener('experiments-toggle-theme', () => {
    const theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
    try { localStorage.setItem('theme', theme); } catch { /* Then it lasts until the page is left. */ }
    root.dataset.theme = theme;
  });
  show();
})();
