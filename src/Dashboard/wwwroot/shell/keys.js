// Keys that do what an element of the page does: the one whose data-key names the key is clicked, or, where text goes into it, focused.
const isText = element => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && !/^(checkbox|radio|button)$/.test(element.type);

addEventListener('keydown', event => {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const chord = event.ctrlKey || event.metaKey;
  if (!chord && (isText(event.target) || document.querySelector('.mud-dialog'))) return;
  const key = (chord ? 'ctrl+' : '') + event.key.toLowerCase();
  const element = [...document.querySelectorAll('[data-key]')].find(candidate => candidate.dataset.key === key);
  if (!element) return;
  event.preventDefault();
  if (isText(element)) { element.focus(); element.select?.(); } else element.click();
});
