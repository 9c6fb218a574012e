import { faded, symbolOf } from '../palette.js';

/** Up to so many lines each is a series of its own, with its band; more are drawn together. */
const most = 30;

/** Series that the many become, of each panel and split. */
const mostMerged = 48;

/** The series of both panels. */
export function seriesOf(model, panels, options, best, look) {
    const splits = ['train', 'validation'].filter(split => options.series[split]);
    return panels.flatMap((panel, index) => [
        ...splits.flatMap(split => merged(model.faint, panel, index, split, faintness(model.faint.length))),
        ...splits.flatMap(split => strong(model.strong, panel, index, split, look)),
        ...(best ? [marked(best, panel, index, look)] : []),
    ]);
}

const faintness = lines => lines > 300 ? 0.12 : lines > 60 ? 0.2 : 0.32;

function strong(lines, panel, index, split, look) {
    const own = lines.length <= most ? lines : lines.filter(line => line.highlighted).slice(0, most);
    const many = lines.length <= most ? [] : lines.filter(line => !own.includes(line));
    const dimmed = many.length === 0 && own.some(line => line.highlighted);
    return [
        ...merged(many, panel, index, split, many.length > 300 ? 0.35 : 0.6),
        ...own.filter(line => line.deviation).map(line => band(line, panel, index, split)),
        ...own.map(line => single(line, panel, index, split, dimmed && !line.highlighted, look)),
    ];
}

const place = index => ({ xAxisIndex: index, yAxisIndex: index, silent: true, animation: false, emphasis: { disabled: true } });

const dash = split => split === 'train' ? [6, 4] : 'solid';

function single(line, panel, index, split, dimmed, look) {
    const values = line.values[panel.keys[split]];
    const lone = values.length === 1, step = Math.max(1, Math.ceil(values.length / 8));
    const { symbol, itemStyle } = symbolOf(lone && split === 'train' ? { ...line.style, marker: 'emptyCircle' } : line.style, look);
    return {
        ...place(index), type: 'line', z: line.highlighted ? 6 : 5, data: values.map((value, at) => [line.x[at], value]),
        lineStyle: { color: line.style.colour, width: line.highlighted ? 3 : split === 'train' ? 1.5 : 2, type: dash(split), opacity: dimmed ? 0.3 : 1 },
        itemStyle: { ...itemStyle, opacity: dimmed ? 0.3 : 1 },
        showSymbol: lone || line.style.marker !== 'none',
        symbol,
        symbolSize: (_, item) => item.dataIndex % step === 0 ? 7 : 0,
    };
}

/** Mean ± deviation, as one shape. */
function band(line, panel, index, split) {
    const key = panel.keys[split], rows = [];
    line.values[key].forEach((mean, at) => {
        if (mean !== null && line.x[at] !== null) rows.push([line.x[at], mean, line.deviation[key][at] ?? 0]);
    });
    return {
        ...place(index), type: 'custom', z: 2, data: rows, clip: true,
        renderItem: (item, api) => item.dataIndexInside > 0 ? null : {
            type: 'polygon',
            shape: {
                points: [
                    ...rows.map(([x, mean, deviation]) => api.coord([x, mean + deviation])),
                    // A logarithm has no place for what is not above 0.
                    ...rows.toReversed().map(([x, mean, deviation]) => api.coord([x, mean > deviation ? mean - deviation : Math.min(mean, mean / 100)])),
                ],
            },
            style: { fill: faded(line.style.colour, split === 'train' ? 0.1 : 0.18) },
        },
    };
}

/**
 * Many lines as few series: each of lines of one colour, with a gap after each. Colours take turns, so that none covers the others, and dashes
 * begin at different places, so that they do not line up.
 */
function merged(lines, panel, index, split, opacity) {
    const key = panel.keys[split], lone = lines.every(line => line.x.length === 1);
    return inTurns(lines).map(({ colour, some }, turn) => {
        return {
            ...place(index), type: 'line', z: 1, data: flat(some, key), showSymbol: lone, symbol: 'circle', symbolSize: 5,
            lineStyle: { color: colour, width: 1, type: dash(split), dashOffset: turn * 3.7 % 10, opacity: split === 'train' ? opacity * 0.6 : opacity },
            itemStyle: { color: colour, opacity },
        };
    });
}

/** x and y of line after line, with a gap after each: flat, which ECharts takes in half the time of rows. */
function flat(lines, key) {
    const values = new Float64Array(2 * lines.reduce((sum, line) => sum + line.x.length + 1, 0)).fill(NaN);
    let at = 0;
    for (const line of lines) {
        const column = line.values[key];
        for (let i = 0; i < column.length; i++) {
            values[at++] = line.x[i] ?? NaN;
            values[at++] = column[i] ?? NaN;
        }

        at += 2;
    }

    return values;
}

function inTurns(lines) {
    const turns = [], size = Math.ceil(lines.length / mostMerged);
    for (const [colour, alike] of Map.groupBy(lines, line => line.style.colour)) {
        for (let at = 0; at < alike.length; at += size) turns.push({ colour, turn: at, some: alike.slice(at, at + size) });
    }

    return turns.sort((a, b) => a.turn - b.turn);
}

/** A marker at the best epoch, and what was trained after it shaded. */
function marked(best, panel, index, look) {
    const value = best.values[panel.keys.validation];
    return {
        ...place(index), type: 'scatter', z: 8, symbol: 'pin', symbolSize: 0, data: [],
        markPoint: {
            silent: true, symbol: 'diamond', symbolSize: 13, data: value === null ? [] : [{ coord: [best.x, value] }],
            itemStyle: { color: '#D55E00', borderColor: look.surface, borderWidth: 1.5 }, label: { show: false },
        },
        markArea: {
            silent: true, itemStyle: { color: look.shade }, label: { show: false },
            data: best.last > best.x ? [[{ xAxis: best.x }, { xAxis: best.last }]] : [],
        },
        markLine: {
            silent: true, symbol: 'none', lineStyle: { color: '#D55E00', type: 'dotted', width: 1.5 }, label: { show: false }, data: [{ xAxis: best.x }],
        },
    };
}
