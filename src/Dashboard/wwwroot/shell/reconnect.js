// While the dashboard does not answer, what is on the screen stays, and says from when it is. When it answers again the circuit goes on, or,
// where the dashboard knows it no longer, the page is loaded anew: its address holds the whole view.
const notice = document.getElementById('components-reconnect-modal');
const text = document.getElementById('reconnect-text');
const pause = 1000;
let lost = null;

const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

async function answers() {
  try {
    return (await fetch(document.baseURI, { method: 'GET', cache: 'no-store', redirect: 'manual' })).status < 500;
  } catch {
    return false;
  }
}

async function loadWhenItAnswers() {
  while (!await answers()) await wait(pause);
  location.reload();
}

async function keepTrying() {
  for (;;) {
    try {
      // False where the dashboard answers and knows the circuit no longer.
      if (await Blazor.reconnect() === false) return loadWhenItAnswers();
      return;
    } catch {
      await wait(pause);
    }
  }
}

notice?.addEventListener('components-reconnect-state-changed', ({ detail: { state } }) => {
  if (state === 'hide') {
    lost = null;
    notice.classList.remove('lost');
  } else {
    lost ??= new Date();
    notice.classList.add('lost');
    text.textContent = `Connection lost at ${lost.toLocaleTimeString()}. What you see is from then; connecting again…`;
  }

  if (state === 'failed') keepTrying();
  if (state === 'rejected') loadWhenItAnswers();
});
