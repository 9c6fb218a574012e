import { count, counted, percent, shortened } from '../text.js';
import { colours } from '../palette.js';
import { axis, base } from '../theme.js';
import { tooltip, tooltipOf } from '../tooltip.js';
import { categories } from './categories.js';

/** Share of the variance of the test accuracies that each varied key explains. */
export const importance = {
    empty: data => data.keys.length > 0 ? null
        : `${data.total === 1 ? '1 completed experiment tells' : `${count(data.total)} completed experiments tell`} nothing of which key matters: it takes three, of different test accuracies.`,

    height: data => 56 + 32 * data.keys.length,

    summary(data) {
        const [first, ...others] = data.keys;
        return `${first.key} explains ${percent(first.share)} of the variance of the test accuracies of ${counted(data.total, 'completed experiment')}`
            + (others.length > 0 ? `; next ${shortened(others[0].key, 60)}, ${percent(others[0].share)}.` : '.');
    },

    table: data => ({
        columns: ['Key', 'Share of the variance:', 'Values:', 'Experiments:'],
        rows: data.keys.map(key => [key.key, percent(key.share), key.values, data.total]),
    }),

    note: () => 'Each key for itself: keys that vary together explain the same variance. Many values for few experiments explain much by chance alone.',

    option(data, view) {
        const { look } = view;
        return {
            ...base(look),
            ...categories(data.keys.map(key => key.key), view, 56),
            xAxis: axis(look, { type: 'value', min: 0, max: 1, interval: 0.25, axisLabel: { formatter: value => `${Math.round(100 * value)} %` } }),
            tooltip: tooltip(look, ({ dataIndex }) => tooltipOf(data.keys[dataIndex].key, [
                { name: 'share of the variance', cells: [percent(data.keys[dataIndex].share)] },
                { name: 'values', cells: [count(data.keys[dataIndex].values)] },
                { name: 'experiments', cells: [count(data.total)] },
            ])),
            series: [{
                type: 'bar', barMaxWidth: 20, itemStyle: { color: colours[0] }, data: data.keys.map(key => key.share),
                label: { show: true, position: 'right', color: look.text, formatter: ({ value }) => percent(value) },
            }],
        };
    },
};
