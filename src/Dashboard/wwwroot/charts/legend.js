import { element } from './dom.js';
import { count, shortened } from './text.js';

const signs = { rect: '■', triangle: '▲', diamond: '◆', emptyCircle: '●', emptyRect: '□', emptyTriangle: '△', emptyDiamond: '◇' };

/**
 * What the colours mean. Where an entry can be hidden it is a button, pressed while it is shown; of many the first are here, and how many more.
 * @param entries `{name, colour, marker, hidden}`
 * @param toggle Called with the name; null where nothing can be hidden.
 * @param width Of the chart, in pixels.
 */
export function legendOf(entries, toggle, width) {
    const most = width < 640 ? 8 : 24;
    const shown = entries.slice(0, most);
    const more = entries.length > most ? [element('span', { class: 'chart-note' }, `and ${count(entries.length - most)} more`)] : [];
    return [...shown.map(entry => entryOf(entry, toggle)), ...more];
}

function entryOf(entry, toggle) {
    const key = element('span', { class: 'chart-key', 'aria-hidden': 'true' }, signs[entry.marker] ?? '');
    key.style.setProperty('--key', entry.colour);
    const content = [key, element('span', {}, shortened(entry.name, 40))];
    const title = entry.name.length > 40 ? shortened(entry.name, 500) : null;
    if (!toggle) return element('span', { class: 'chart-entry', title }, ...content);

    const button = element('button', { type: 'button', class: 'chart-entry', title, 'aria-pressed': String(!entry.hidden) }, ...content);
    button.addEventListener('click', () => toggle(entry.name));
    return button;
}
