import { element } from './dom.js';

let number = 0;

/** The parts of a chart's element: heading, tools, summary, legend, the drawing or its table, a note, and how fresh it is. */
export function frameOf() {
    const id = `chart-${++number}`;
    const tip = element('div', { class: 'chart-tip', 'aria-hidden': 'true', hidden: true });
    const drawing = element('div', { class: 'chart-drawing', role: 'img', tabindex: '0' });
    const parts = {
        heading: element('h3', { id: `${id}-heading` }),
        widen: element('button', { type: 'button', hidden: true }),
        toggle: element('button', { type: 'button', 'aria-pressed': 'false', 'aria-describedby': `${id}-heading` }, 'Table'),
        summary: element('p', { class: 'chart-summary' }),
        legend: element('div', { class: 'chart-legend' }),
        drawing, tip,
        stage: element('div', { class: 'chart-stage' }, drawing, tip),
        empty: element('p', { class: 'chart-empty' }),
        fields: element('div', { hidden: true }),
        values: element('div', { hidden: true }),
        note: element('p', { class: 'chart-note' }),
        status: element('p', { class: 'chart-status', role: 'status' }),
    };
    const head = element('div', { class: 'chart-head' }, parts.heading, element('div', { class: 'chart-tools' }, parts.widen, parts.toggle));
    return {
        ...parts,
        all: [head, parts.summary, parts.legend, parts.empty, parts.stage, parts.fields, parts.values, parts.note, parts.status],
    };
}
