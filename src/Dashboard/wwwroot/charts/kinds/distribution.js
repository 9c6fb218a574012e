import { count, counted, percent, shortened } from '../text.js';
import { styleOf } from '../palette.js';
import { axis, base } from '../theme.js';
import { tooltip, tooltipOf } from '../tooltip.js';

const total = split => split.counts.reduce((sum, value) => sum + value, 0);

/** How many images of each class the splits of a dataset have, side by side. */
export const distribution = {
    empty: data => data.classes.length === 0 ? 'The classes are not known yet.' : null,

    height: (_, width) => width >= 640 ? 340 : 360,

    summary(data) {
        const splits = data.splits.map(split => {
            const all = total(split), least = Math.min(...split.counts), most = Math.max(...split.counts);
            return `${split.name} has ${counted(all, 'image')}, ${least === most ? count(least) : `${count(least)} to ${count(most)}`} a class`;
        });
        return `${data.classes.length === 1 ? '1 class' : `${count(data.classes.length)} classes`}: ${splits.join('; ')}.`;
    },

    table: data => ({
        columns: ['Class', ...data.splits.flatMap(split => [`${split.name}:`, `${split.name}, share:`])],
        rows: data.classes.map((name, at) => [name, ...data.splits.flatMap(split => [count(split.counts[at]), percent(split.counts[at] / total(split))])]),
    }),

    legend: (data, view) => data.splits.map((split, at) => ({ name: split.name, ...styleOf(at), hidden: view.hidden.has(split.name) })),

    hides: true,

    option(data, view) {
        const { look } = view, narrow = view.width < 640, names = data.classes.map(name => shortened(name, narrow ? 12 : 18));
        const longest = 7 * Math.max(...names.map(name => name.length)), upright = longest > (view.width - 84) / data.classes.length;
        const splits = data.splits.map((split, at) => ({ ...split, colour: styleOf(at).colour })).filter(split => !view.hidden.has(split.name));
        return {
            ...base(look),
            grid: { left: 60, right: 16, top: 16, bottom: upright ? Math.min(longest, 120) * 0.75 + 24 : 32 },
            tooltip: tooltip(look, ({ dataIndex }) => tooltipOf(data.classes[dataIndex], splits.map(split => (
                { name: split.name, colour: split.colour, cells: [count(split.counts[dataIndex]), percent(split.counts[dataIndex] / total(split))] })))),
            xAxis: axis(look, {
                type: 'category', data: names, axisTick: { show: false }, splitLine: { show: false },
                axisLabel: { rotate: upright ? 45 : 0, interval: data.classes.length > 40 ? 'auto' : 0, width: 120, overflow: 'truncate' },
            }),
            yAxis: axis(look, { type: 'value', axisLabel: { formatter: count } }),
            series: splits.map(split => ({ type: 'bar', data: split.counts, barMaxWidth: 28, barGap: '10%', itemStyle: { color: split.colour }, emphasis: { focus: 'none' } })),
        };
    },
};
