import { counted, meanOf, metric, number, shortened } from '../text.js';
import { stylesOf, symbolOf } from '../palette.js';
import { axis, base } from '../theme.js';
import { tooltip, tooltipOf } from '../tooltip.js';
import { errorBars } from './error-bars.js';
import { scaleOf } from './scale.js';

/** A number against another, such as dropout rate against test accuracy: means with their deviation over the seeds. */
export const effect = {
    empty: data => data.points.length === 0 ? 'No experiment has a test result yet.' : null,

    height: (_, width) => width >= 640 ? 320 : 280,

    summary(data) {
        const best = data.points.toSorted((a, b) => b.mean - a.mean)[0], worst = data.points.toSorted((a, b) => a.mean - b.mean)[0];
        const at = point => `${meanOf(point.mean, point.deviation)} at ${number(point.x)} (${shortened(point.variant, 60)})`;
        return best === worst
            ? `One variant has a test result: ${data.yLabel} ${at(best)}.`
            : `${capital(data.yLabel)} is highest, ${at(best)}, and lowest, ${at(worst)}, of ${counted(data.points.length, 'variant')}.`;
    },

    table: data => ({
        columns: ['Variant', `${capital(data.xLabel)}:`, `${capital(data.yLabel)}:`, 'Deviation:', 'Seeds:', 'Experiments'],
        rows: data.points.map(point => [point.variant, number(point.x), metric(point.mean), metric(point.deviation), point.n, point.names.map(name => shortened(name, 60)).join(', ')]),
    }),

    legend: (data, view) => variantsOf(data).map(([name, style]) => ({ name, ...style, hidden: view.hidden.has(name) })),

    hides: true,

    note: (_, data) => data.points.some(point => point.n > 1) ? 'Bars: one standard deviation over the seeds, up and down.' : '',

    option(data, view) {
        const styles = stylesOf(data.variants), { look } = view, points = data.points.filter(point => !view.hidden.has(point.variant));
        const low = Math.min(...points.map(point => point.mean - (point.deviation ?? 0))), high = Math.max(...points.map(point => point.mean + (point.deviation ?? 0)));
        const xs = points.map(point => point.x), [left, right] = points.length > 0 ? [Math.min(...xs), Math.max(...xs)] : [0, 1];
        const edge = 0.04 * (right - left) || 0.05;
        return {
            ...base(look),
            grid: { left: 64, right: 24, top: 32, bottom: 46 },
            tooltip: tooltip(look, ({ dataIndex }) => tooltipOf(points[dataIndex].variant, [
                { name: data.yLabel, cells: [meanOf(points[dataIndex].mean, points[dataIndex].deviation)] },
                { name: data.xLabel, cells: [number(points[dataIndex].x)] },
                { name: 'seeds', cells: [String(points[dataIndex].n)] },
            ])),
            xAxis: axis(look, {
                type: 'value', min: left - edge, max: right + edge,
                name: data.xLabel, nameLocation: 'middle', nameGap: 28,
                axisLabel: { formatter: value => number(value, 4), showMinLabel: false, showMaxLabel: false },
            }),
            yAxis: axis(look, {
                ...scaleOf(points.length > 0 ? [low, high] : [0, 1], false),
                name: capital(data.yLabel), nameLocation: 'end', nameGap: 12, nameTextStyle: { align: 'left', fontWeight: 600, padding: [0, 0, 0, -56] },
                axisLabel: { formatter: value => number(value, 5) },
            }),
            series: [
                errorBars(points.map(point => [point.x, point.mean, point.deviation ?? 0]), points.map(point => styles.get(point.variant).colour)),
                {
                    type: 'scatter', z: 3, symbolSize: 12, emphasis: { scale: 1.3 },
                    data: points.map(point => ({
                        value: [point.x, point.mean], ...symbolOf(styles.get(point.variant), look),
                    })),
                },
            ],
        };
    },
};

const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

/** Those that have a point. */
function variantsOf(data) {
    const drawn = new Set(data.points.map(point => point.variant));
    return [...stylesOf(data.variants)].filter(([name]) => drawn.has(name));
}
