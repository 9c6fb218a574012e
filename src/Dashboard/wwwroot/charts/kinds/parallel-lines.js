import { brushedOf, selectedOf } from './parallel-selection.js';

/** Of more lines no eye tells one from another, and the page stands still while they are drawn. */
const mostDrawn = 1_000;

/** The lines of the variants that are not hidden. */
export const visibleOf = (data, view) => data.lines.filter(line => !view.hidden.has(line.variant));

/** Those of them that are drawn: all, or of many the ends of each axis, what is brushed before what is not, and of each evenly many by the last axis. */
export function drawnOf(data, view) {
    const lines = visibleOf(data, view);
    if (lines.length <= mostDrawn) return lines;

    const kept = new Set(data.axes.flatMap((axis, at) => axis.categories ? [] : endsOf(lines, at)));
    const selected = new Set(selectedOf(data.axes, lines, brushedOf(view)));
    for (const some of [lines.filter(line => selected.has(line.id)), lines.filter(line => !selected.has(line.id))]) {
        for (const line of evenly(some.filter(line => !kept.has(line)), mostDrawn - kept.size, data.axes.length - 1)) kept.add(line);
    }

    return lines.filter(line => kept.has(line));
}

function endsOf(lines, at) {
    const known = lines.filter(line => line.values[at] !== null);
    if (known.length === 0) return [];

    return [known.reduce((low, line) => line.values[at] < low.values[at] ? line : low), known.reduce((high, line) => line.values[at] > high.values[at] ? line : high)];
}

/** So many of the lines, at equal distances in the order of their values on an axis. */
function evenly(lines, count, at) {
    if (lines.length <= count) return lines;

    const sorted = lines.toSorted((a, b) => (a.values[at] ?? Infinity) - (b.values[at] ?? Infinity));
    return Array.from({ length: Math.max(0, count) }, (_, i) => sorted[Math.floor(i * sorted.length / count)]);
}
