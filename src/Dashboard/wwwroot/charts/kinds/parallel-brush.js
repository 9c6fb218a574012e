import { selectedOf } from './parallel-selection.js';

/** Tells which experiments are brushed, where they have come to be others. */
export function tellSelection(data, view) {
    const ids = selectedOf(data.axes, data.lines.filter(line => !view.hidden.has(line.variant)), brushedOf(view)), text = JSON.stringify(ids);
    if (text !== (view.state.told ?? 'null')) view.emit('chart-select', { ids });
    view.state.told = text;
}

/** What is brushed, by the keys of the axes: intervals. */
export const brushedOf = view => view.state.brushed ??= new Map();

export function brushAxis(data, view, key, intervals) {
    if (intervals.length > 0) brushedOf(view).set(key, intervals);
    else brushedOf(view).delete(key);
    tellSelection(data, view);
}

/** Brushes with the pointer, keeps them over what is drawn anew, and points at lines. */
export function brush({ chart, view, data, emit, drawnAnew }, visible) {
    let restoring = false;

    chart.on('axisareaselected', ({ parallelAxisId, intervals }) => {
        if (restoring) return;

        brushAxis(data(), view(), parallelAxisId, intervals);
        drawnAnew();
    });
    chart.on('mouseover', { seriesType: 'parallel' }, ({ dataIndex }) => emit('chart-hover', { id: visible(data(), view())[dataIndex].id, epoch: null }));
    chart.on('mouseout', { seriesType: 'parallel' }, () => emit('chart-hover', { id: null, epoch: null }));

    return {
        redrawn() {
            restoring = true;
            for (const [key, intervals] of brushedOf(view())) chart.dispatchAction({ type: 'axisAreaSelect', parallelAxisId: key, intervals: intervals.map(each => within(each, key)) });
            restoring = false;
        },
        point(id) {
            const at = visible(data(), view()).findIndex(line => line.id === id);
            chart.dispatchAction({ type: 'downplay', seriesIndex: 0 });
            if (at >= 0) chart.dispatchAction({ type: 'highlight', seriesIndex: 0, dataIndex: at });
        },
    };

    /** An end that is open is that of the axis. */
    function within([from, to], key) {
        const axis = chart.getOption().parallelAxis.find(each => each.id === key);
        return [Math.max(from, axis.min ?? from), Math.min(to, axis.max ?? to)];
    }
}
