// What the browser does by itself on every page.
import './keys.js';
import './ago.js';
import './reconnect.js';

addEventListener('click', event => {
  if (event.target.closest?.('[data-toggle-theme]')) dispatchEvent(new Event('experiments-toggle-theme'));
  if (event.target.closest?.('.skip')) {
    // Blazor scrolls there, and leaves the focus where it was.
    event.preventDefault();
    document.getElementById('content').focus();
  }
}, { capture: true });
