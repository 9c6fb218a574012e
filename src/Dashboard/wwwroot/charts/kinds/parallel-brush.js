/** Tells which experiments are brushed, and keeps the brushes over what is drawn anew. */
export function brush({ chart, view, data, emit, drawnAnew }, visible) {
    const brushed = () => view().state.brushed ??= new Map();
    let restoring = false;

    chart.on('axisareaselected', event => {
        if (restoring) return;

        for (const [key, intervals] of intervalsOf(event, data().axes)) {
            if (intervals.length > 0) brushed().set(key, intervals);
            else brushed().delete(key);
        }

        tell();
        drawnAnew();
    });
    chart.on('mouseover', { seriesType: 'parallel' }, ({ dataIndex }) => emit('chart-hover', { id: visible(data(), view())[dataIndex].id, epoch: null }));
    chart.on('mouseout', { seriesType: 'parallel' }, () => emit('chart-hover', { id: null, epoch: null }));

    function tell() {
        const lines = visible(data(), view());
        const ids = brushed().size === 0 ? null : chart.getModel().getSeriesByIndex(0).getRawIndicesByActiveState('active').map(at => lines[at].id);
        const text = JSON.stringify(ids);
        if (text !== view().state.told) emit('chart-select', { ids });
        view().state.told = text;
    }

    return {
        redrawn() {
            restoring = true;
            for (const [key, intervals] of brushed()) chart.dispatchAction({ type: 'axisAreaSelect', parallelAxisId: key, intervals });
            restoring = false;
            if (brushed().size > 0) tell();
        },
        point(id) {
            const at = visible(data(), view()).findIndex(line => line.id === id);
            chart.dispatchAction({ type: 'downplay', seriesIndex: 0 });
            if (at >= 0) chart.dispatchAction({ type: 'highlight', seriesIndex: 0, dataIndex: at });
        },
    };
}

const intervalsOf = (event, axes) => axes.filter(axis => axis.key === event.parallelAxisId).map(axis => [axis.key, event.intervals]);
