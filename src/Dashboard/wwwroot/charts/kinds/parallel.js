import { metric, number, shortened } from '../text.js';
import { stylesOf } from '../palette.js';
import { axis, base } from '../theme.js';
import { tooltip, tooltipOf } from '../tooltip.js';
import { brush, brushAxis, tellSelection } from './parallel-brush.js';
import { drawnOf, visibleOf } from './parallel-lines.js';
import { brushFields, brushedOf } from './parallel-selection.js';
import { scaleOf } from './scale.js';

const isNarrow = width => width < 640;

const shown = (axis, value) => value === null ? '–' : axis.categories ? axis.categories[value] : /Loss|Accuracy/.test(axis.key) ? metric(value) : number(value);

/** A line for each experiment through an axis for each key that varies and each result; what is brushed on an axis is selected. */
export const parallel = {
    empty: data => data.lines.length === 0 ? 'There is no experiment yet.' : null,

    // On a narrow page the axes lie below each other.
    height: (data, width) => isNarrow(width) ? 70 + 62 * data.axes.length : 360,

    summary(data) {
        const at = data.axes.findIndex(one => one.key === 'testAccuracy');
        const best = data.lines.filter(line => line.values[at] !== null).toSorted((a, b) => b.values[at] - a.values[at])[0];
        const keys = data.axes.filter(one => one.key === 'model' || one.key.includes('.')).map(one => one.label);
        return `${data.lines.length === 1 ? '1 experiment' : `${data.lines.length.toLocaleString('en-US')} experiments`}`
            + `${keys.length > 0 ? `, which differ in ${keys.join(', ')}` : ''}`
            + `${best ? `; highest test accuracy ${metric(best.values[at])} (${shortened(best.name, 60)})` : '; none has a test result yet'}.`;
    },

    table: data => ({
        columns: ['Experiment', 'Variant', ...data.axes.map(one => `${one.label}:`)],
        rows: data.lines.map(line => [line.name, line.variant, ...line.values.map((value, at) => shown(data.axes[at], value))]),
    }),

    legend(data, view) {
        const styles = stylesOf(data.variants);
        return data.variants.map(name => ({ name, ...styles.get(name), marker: 'none', hidden: view.hidden.has(name) }));
    },

    hides: true,

    note(view, data) {
        const drawn = drawnOf(data, view).length, all = visibleOf(data, view).length;
        return 'Drag along an axis to select experiments; a click on the axis clears it. By keys, in the table.'
            + (drawn < all ? ` Of ${all.toLocaleString('en-US')} lines ${drawn.toLocaleString('en-US')} are drawn; all are selected from.` : '');
    },

    option(data, view) {
        const narrow = isNarrow(view.width), styles = stylesOf(data.variants), lines = drawnOf(data, view), { look } = view;
        return {
            ...base(look),
            tooltip: tooltip(look, item => tooltipOf(lines[item.dataIndex].name,
                data.axes.map((one, at) => ({ name: one.label, cells: [shown(one, lines[item.dataIndex].values[at])] })))),
            parallel: narrow ? { layout: 'vertical', left: 30, right: 24, top: 40, bottom: 36 } : { left: 64, right: 84, top: 44, bottom: 24 },
            parallelAxis: data.axes.map((one, at) => ({
                ...axis(look, { axisLabel: { formatter: one.categories ? undefined : value => number(value, 4), showMinLabel: true, showMaxLabel: true, textBorderColor: look.surface, textBorderWidth: 3 } }),
                id: one.key, dim: at, name: shortened(one.label.replace(/^training\./, ''), narrow ? 36 : Math.max(10, Math.floor(view.width / data.axes.length / 7.5))),
                nameLocation: narrow ? 'start' : 'end', nameGap: narrow ? 8 : 14, realtime: false, splitLine: { show: false },
                nameTextStyle: { color: look.text, fontWeight: 600, textBorderColor: look.surface, textBorderWidth: 3, ...narrow ? { align: 'left', verticalAlign: 'bottom', padding: [0, 0, 12, 8] } : {} },
                areaSelectStyle: { width: 18, color: look.text, opacity: 0.15, borderColor: look.text, borderWidth: 1 },
                ...placeOf(one, lines.map(line => line.values[at])),
            })),
            series: [{
                type: 'parallel', smooth: false, progressive: 0, inactiveOpacity: 0.04, activeOpacity: 0.9,
                lineStyle: { width: lines.length > 60 ? 1 : 1.5, opacity: lines.length > 300 ? 0.35 : 0.75 },
                emphasis: { lineStyle: { width: 3.5, opacity: 1 } },
                data: lines.map(line => ({ name: '', value: line.values.map((value, at) => valueOf(data.axes[at], value)), lineStyle: { color: styles.get(line.variant).colour } })),
            }],
        };
    },

    arrived: tellSelection,

    fields: (data, view, changed) => brushFields(data.axes, brushedOf(view), (key, intervals) => {
        brushAxis(data, view, key, intervals);
        changed();
    }),

    narrowed: view => brushedOf(view).size > 0 ? 'Clear selection' : null,

    widen(view, data) {
        brushedOf(view).clear();
        tellSelection(data, view);
    },

    attach: brush,
};

const valueOf = (axis, value) => value === null ? '-' : axis.categories ? axis.categories[value] : value;

function placeOf(axis, values) {
    if (axis.categories) return { type: 'category', data: axis.categories };

    const known = values.filter(value => value !== null && (!axis.log || value > 0));
    return scaleOf(known.length > 0 ? [Math.min(...known), Math.max(...known)] : [0.1, 1], axis.log, 10);
}
