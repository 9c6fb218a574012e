import { count, counted, percent, shortened } from '../text.js';
import { axis, base } from '../theme.js';
import { tooltip, tooltipOf } from '../tooltip.js';

const mostPrinted = 20;

const shareOf = (row, value) => {
    const all = row.reduce((sum, one) => sum + one, 0);
    return all > 0 ? value / all : 0;
};

/** Test images by true and predicted class, coloured by the share of their true class; a cell can be pressed. */
export const confusion = {
    empty: data => data.classes.length === 0 ? 'The experiment is not evaluated yet.' : null,

    height: (_, width) => Math.round(Math.min(width, 620)),

    summary(data) {
        const pairs = data.counts.flatMap((row, at) => row.map((value, to) => ({ at, to, value })));
        const all = pairs.reduce((sum, pair) => sum + pair.value, 0), right = pairs.filter(pair => pair.at === pair.to).reduce((sum, pair) => sum + pair.value, 0);
        const worst = pairs.filter(pair => pair.at !== pair.to).reduce((most, pair) => pair.value > (most?.value ?? 0) ? pair : most, null);
        const name = at => shortened(data.classes[at], 40);
        return `${count(right)} of ${counted(all, 'test image')} are predicted rightly`
            + (worst ? `; most confused: ${name(worst.at)} taken for ${name(worst.to)}, ${counted(worst.value, 'image')}.` : '.');
    },

    table: (data, view) => ({
        columns: ['True class', ...data.classes.map(name => `${name}:`)],
        rows: data.counts.map((row, at) => [data.classes[at], ...row.map((value, to) => view.options.opens === false ? count(value) : ({
            text: count(value),
            label: `true ${shortened(data.classes[at], 60)}, predicted ${shortened(data.classes[to], 60)}: ${counted(value, 'image')}`,
            press: () => view.emit('chart-cell', { row: at, column: to }),
        }))]),
    }),

    note: view => 'Rows: true class. Columns: predicted class. Colour: share of the true class.'
        + (view.options.opens === false ? '' : ' A cell opens its images; by keys, in the table.'),

    option(data, view) {
        const { look } = view, narrow = view.width < 640, names = data.classes.map(name => shortened(name, narrow ? 11 : 16));
        const edge = 20 + 7 * Math.max(...names.map(name => name.length)), few = data.classes.length <= mostPrinted;
        const cells = data.counts.flatMap((row, at) => row.map((value, to) => [to, at, shareOf(row, value), value]));
        const side = (Math.min(view.width, 620) - edge - 12) / data.classes.length;
        const interval = Math.ceil(15 / side) - 1;
        return {
            ...base(look),
            grid: { left: edge, width: Math.min(view.width, 620) - edge - 12, top: 12, bottom: edge - 8 },
            tooltip: tooltip(look, ({ value: [to, at, share, images] }) => tooltipOf(counted(images, 'image'), [
                { name: 'true', cells: [shortened(data.classes[at], 40)] },
                { name: 'predicted', cells: [shortened(data.classes[to], 40)] },
                { name: 'share of the true class', cells: [percent(share)] },
            ])),
            xAxis: axis(look, {
                type: 'category', data: names, position: 'bottom', splitLine: { show: false }, axisTick: { show: false },
                axisLabel: { rotate: side < 64 ? 90 : 0, interval },
            }),
            yAxis: axis(look, { type: 'category', data: names, inverse: true, splitLine: { show: false }, axisTick: { show: false }, axisLabel: { interval } }),
            visualMap: { show: false, type: 'continuous', min: 0, max: 1, dimension: 2, inRange: { color: [look.cold, look.hot] } },
            series: [{
                type: 'heatmap', progressive: 0, itemStyle: { borderColor: look.surface, borderWidth: few ? 1 : 0 }, emphasis: { itemStyle: { borderColor: look.text, borderWidth: 2 } },
                data: cells.map(value => ({
                    value,
                    // Dark on bright, bright on dark.
                    label: { show: few && value[3] > 0, fontSize: Math.min(12, side / 2.7), color: value[2] > 0.5 ? (look.dark ? '#0d1117' : '#ffffff') : look.text, formatter: () => count(value[3]) },
                })),
            }],
        };
    },

    attach({ chart, emit }) {
        chart.on('click', { seriesType: 'heatmap' }, ({ value: [column, row] }) => emit('chart-cell', { row, column }));
    },
};
