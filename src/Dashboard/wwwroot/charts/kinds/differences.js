import { meanOf, shortened, signed } from '../text.js';
import { colours } from '../palette.js';
import { axis, base } from '../theme.js';
import { tooltip, tooltipOf } from '../tooltip.js';
import { errorBars } from './error-bars.js';
import { categories } from './categories.js';
import { scaleOf } from './scale.js';

const differencesOf = data => data.classes.map((name, at) => {
    const spread = [data.first.deviation[at], data.second.deviation[at]];
    return {
        name, at, difference: data.second.mean[at] - data.first.mean[at],
        // Of two independent means' seeds: the variances add up.
        deviation: spread.every(Number.isFinite) ? Math.hypot(...spread) : null,
    };
});

/** F1 of each class: how much higher in the second variant than in the first. */
export const differences = {
    empty: data => data.classes.length === 0 ? 'One of the two has no classification report yet.' : null,

    height: data => 66 + 26 * Math.min(data.classes.length, 60),

    summary(data) {
        const all = differencesOf(data), better = all.filter(one => one.difference > 0), sorted = all.toSorted((a, b) => b.difference - a.difference);
        const [first, second] = [data.first, data.second].map(one => shortened(one.name, 60));
        return `F1 is higher in ${second} than in ${first} for ${better.length} of ${all.length} classes: by ${signed(sorted[0].difference)} at most`
            + ` (${shortened(sorted[0].name, 40)}), and ${signed(sorted.at(-1).difference)} at least (${shortened(sorted.at(-1).name, 40)}).`;
    },

    table: data => ({
        columns: ['Class', `F1 of ${shortened(data.first.name, 40)}:`, `F1 of ${shortened(data.second.name, 40)}:`, 'Difference:'],
        rows: differencesOf(data).map(({ name, at, difference }) => [
            name, meanOf(data.first.mean[at], data.first.deviation[at]), meanOf(data.second.mean[at], data.second.deviation[at]), signed(difference),
        ]),
    }),

    legend: data => [
        { name: `higher in ${data.second.name}`, colour: colours[0], marker: 'none' },
        { name: `higher in ${data.first.name}`, colour: colours[1], marker: 'none' },
    ],

    note: (_, data) => differencesOf(data).some(one => one.deviation !== null) ? 'Bars: one standard deviation of the difference over the seeds.' : '',

    option(data, view) {
        const all = differencesOf(data), { look } = view;
        const reach = all.map(one => Math.abs(one.difference) + (one.deviation ?? 0));
        return {
            ...base(look),
            ...categories(data.classes, view),
            xAxis: axis(look, { ...scaleOf([-Math.max(...reach, 0.001), Math.max(...reach, 0.001)], false), axisLabel: { formatter: value => value === 0 ? '0' : signed(value).replace(/\.?0+$/, '') } }),
            tooltip: tooltip(look, ({ dataIndex }) => tooltipOf(all[dataIndex].name, [
                { name: data.second.name, cells: [meanOf(data.second.mean[dataIndex], data.second.deviation[dataIndex])] },
                { name: data.first.name, cells: [meanOf(data.first.mean[dataIndex], data.first.deviation[dataIndex])] },
                { name: 'difference', cells: [signed(all[dataIndex].difference)], strong: true },
            ])),
            series: [
                { type: 'bar', barMaxWidth: 18, data: all.map(one => ({ value: one.difference, itemStyle: { color: one.difference >= 0 ? colours[0] : colours[1] } })) },
                errorBars(all.map(one => [one.at, one.difference, one.deviation ?? 0]), all.map(() => look.text), true),
            ],
        };
    },
};
