import { drawnOf, visibleOf } from './parallel-lines.js';
import { brushedOf, selectedOf } from './parallel-selection.js';

/** Tells which experiments are brushed, where they have come to be others. */
export function tellSelection(data, view) {
    const ids = selectedOf(data.axes, visibleOf(data, view), brushedOf(view)), text = JSON.stringify(ids);
    if (text !== (view.state.told ?? 'null')) view.emit('chart-select', { ids });
    view.state.told = text;
}

export function brushAxis(data, view, key, intervals) {
    if (intervals.length > 0) brushedOf(view).set(key, intervals);
    else brushedOf(view).delete(key);
    tellSelection(data, view);
}

/** Brushes with the pointer, keeps them over what is drawn anew, and points at lines. */
export function brush({ chart, view, data, emit, drawnAnew, redraw }) {
    let restoring = false, drawn = [];

    chart.on('axisareaselected', ({ parallelAxisId, intervals }) => {
        if (restoring) return;

        brushAxis(data(), view(), parallelAxisId, intervals);
        // Of many lines, those that are brushed are drawn first.
        if (drawn.length < visibleOf(data(), view()).length) setTimeout(redraw);
        else drawnAnew();
    });
    chart.on('mouseover', { seriesType: 'parallel' }, ({ dataIndex }) => emit('chart-hover', { id: drawn[dataIndex].id, epoch: null }));
    chart.on('mouseout', { seriesType: 'parallel' }, () => emit('chart-hover', { id: null, epoch: null }));

    return {
        redrawn() {
            drawn = drawnOf(data(), view());
            restoring = true;
            for (const [key, intervals] of brushedOf(view())) chart.dispatchAction({ type: 'axisAreaSelect', parallelAxisId: key, intervals: intervals.map(each => within(each, key)) });
            restoring = false;
        },
        point(id) {
            const at = drawn.findIndex(line => line.id === id);
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
