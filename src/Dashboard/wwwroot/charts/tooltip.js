import { element } from './dom.js';
import { shortened } from './text.js';

/**
 * What a tooltip holds: a heading and rows of cells, the first of which is a name.
 * @param rows `{name, colour, cells, strong}`
 */
export function tooltipOf(heading, rows, columns = []) {
    const head = columns.length > 0 ? [element('tr', {}, element('td'), ...columns.map(column => element('th', { scope: 'col' }, column)))] : [];
    return element('div', { class: 'chart-tip-content' },
        element('strong', {}, shortened(heading, 80)),
        element('table', {}, ...head, ...rows.map(row => element('tr', { class: row.strong ? 'strong' : null },
            element('th', { scope: 'row' }, ...keyOf(row.colour), shortened(row.name, 40)),
            ...row.cells.map(cell => element('td', {}, cell))))));
}

function keyOf(colour) {
    if (!colour) return [];

    const key = element('span', { class: 'chart-key', 'aria-hidden': 'true' });
    key.style.setProperty('--key', colour);
    return [key];
}

/** Puts the tooltip beside a point of the drawing, or where there is no room on either side, below or above it. */
export function placeTooltip(tip, x, y, width, height) {
    const gap = 14;
    [tip.style.left, tip.style.top, tip.hidden] = ['0', '0', false];
    const [wide, tall] = [tip.offsetWidth, tip.offsetHeight], right = x + gap + wide <= width, left = x - gap - wide >= 0;
    const beside = right || left, top = beside ? y - tall / 2 : y + gap + tall <= height ? y + gap : y - gap - tall;
    tip.style.left = `${Math.max(0, right ? x + gap : left ? x - gap - wide : Math.min(x - wide / 2, width - wide))}px`;
    tip.style.top = `${Math.max(0, Math.min(top, height - tall))}px`;
}

/** ECharts' own tooltip, dressed alike; its content is made of elements, so that a name stays text. */
export const tooltip = (look, content) => ({
    trigger: 'item', confine: true, backgroundColor: look.surface, borderColor: look.line, padding: 0, className: 'chart-tip',
    textStyle: { color: look.text, fontSize: 12 }, transitionDuration: 0, formatter: content,
});
