import { element } from '../dom.js';
import { number } from '../text.js';

/** What is brushed, by the keys of the axes: intervals. */
export const brushedOf = view => view.state.brushed ??= new Map();

/** Ids of the lines that pass every brushed axis within what is brushed of it; null where none is. */
export function selectedOf(axes, lines, brushed) {
    if (brushed.size === 0) return null;

    return lines.filter(line => axes.every((axis, at) => {
        const place = line.values[at] ?? NaN;
        return !brushed.has(axis.key) || brushed.get(axis.key).some(([from, to]) => place >= from && place <= to);
    })).map(line => line.id);
}

/**
 * The brushes as numbers to type: from and to of each axis that is one of numbers.
 * @param changed Called with the key of an axis and its intervals.
 */
export function brushFields(axes, brushed, changed) {
    const rows = axes.filter(axis => !axis.categories).map(axis => {
        const [[from, to] = []] = brushed.get(axis.key) ?? [];
        const fields = [['from', from], ['to', to]].map(([name, value]) => element('input', {
            type: 'number', step: 'any', 'aria-label': `${axis.label} ${name}`, value: Number.isFinite(value) ? number(value) : null,
        }));
        for (const field of fields) {
            field.addEventListener('change', () => {
                const [low, high] = fields.map(each => each.valueAsNumber);
                changed(axis.key, fields.every(each => each.value === '') ? [] : [[Number.isFinite(low) ? low : -Infinity, Number.isFinite(high) ? high : Infinity]]);
            });
        }

        return element('div', {}, element('span', {}, axis.label), fields[0], ' to ', fields[1]);
    });
    return element('fieldset', { class: 'chart-fields' }, element('legend', {}, 'Select experiments'), ...rows);
}
