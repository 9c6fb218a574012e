// <time class="ago">: how long ago, counted here so that nothing need be sent for it.
const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];

function ago(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 1) return 'now';
  const [size, unit] = units.find(([size]) => seconds >= size);
  return `${Math.floor(seconds / size)} ${unit} ago`;
}

function show() {
  const now = Date.now();
  for (const time of document.querySelectorAll('time.ago')) {
    const text = ago(now - Date.parse(time.dateTime));
    if (time.firstChild?.nodeValue !== text) {
      // The node that was rendered stays, since whoever rendered it will change it again.
      if (time.firstChild) time.firstChild.nodeValue = text; else time.textContent = text;
    }
  }
}

setInterval(show, 1000);
new MutationObserver(show).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['datetime'] });
show();
