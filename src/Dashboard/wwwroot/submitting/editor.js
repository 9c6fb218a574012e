// <yaml-editor>: numbers beside the lines of a text area, marked where a line has a fault, and the way to a fault's place. The text counts as
// changed when nothing was typed for a moment, so that it is not sent with every key.
const pause = 300;
let typed = null;

class YamlEditor extends HTMLElement {
  static observedAttributes = ['data-faults', 'data-checked'];
  #timer = null;

  connectedCallback() {
    this.addEventListener('input', () => {
      typed = { address: location.href, text: this.#text.value };
      this.#number();
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#text.dispatchEvent(new Event('change', { bubbles: true })), pause);
    });
    this.addEventListener('change', () => clearTimeout(this.#timer));
    this.addEventListener('scroll', () => this.#align(), true);
    new ResizeObserver(() => this.#number()).observe(this);
    // Blazor inserts the element before what is in it.
    queueMicrotask(() => {
      this.#restore();
      this.#number();
    });
  }

  attributeChangedCallback() {
    // The same answer may have filled in the text.
    if (this.isConnected) queueMicrotask(() => this.#number());
  }

  /** Puts the cursor where a fault is; lines and columns count from 1. */
  goTo(line, column) {
    const text = this.#text, before = text.value.split('\n').slice(0, line - 1);
    const at = Math.min(text.value.length, before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1);
    text.focus();
    text.setSelectionRange(at, at);
    text.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(text).lineHeight));
  }

  get #text() { return this.querySelector('textarea'); }

  get #lines() { return this.querySelector('.lines'); }

  #number() {
    if (!this.#text) return;
    const count = this.#text.value.split('\n').length, lines = this.#lines;
    while (lines.childElementCount > count) lines.lastElementChild.remove();
    while (lines.childElementCount < count) lines.append(Object.assign(document.createElement('span'), { textContent: lines.childElementCount + 1 }));
    const faulty = new Set((this.dataset.faults ?? '').split(' ').map(Number));
    [...lines.children].forEach((line, index) => line.classList.toggle('faulty', faulty.has(index + 1)));
    this.#align();
  }

  #align() { this.#lines.scrollTop = this.#text.scrollTop; }

  /** What was typed is there again after a reload, as when the dashboard was started anew, and where it was typed before the page had its circuit, which draws all anew. */
  #restore() {
    const kept = typed ?? reloaded();
    if (kept?.address !== location.href || kept.text === this.#text.value) return;
    this.#text.value = kept.text;
    this.#timer = setTimeout(() => this.#text.dispatchEvent(new Event('change', { bubbles: true })), pause);
  }
}

const key = 'experiments-submit';

addEventListener('pagehide', () => {
  const text = document.querySelector('yaml-editor textarea')?.value;
  try { sessionStorage.setItem(key, JSON.stringify({ address: location.href, text })); } catch { /* Then a reload forgets it. */ }
});

function reloaded() {
  if (performance.getEntriesByType('navigation')[0]?.type !== 'reload') return null;
  try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
}

customElements.define('yaml-editor', YamlEditor);

addEventListener('click', event => {
  const place = event.target.closest?.('[data-editor-line]');
  if (place) document.querySelector('yaml-editor')?.goTo(Number(place.dataset.editorLine), Number(place.dataset.editorColumn));
});
