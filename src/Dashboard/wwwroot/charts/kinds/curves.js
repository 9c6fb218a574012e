import { axis, base } from '../theme.js';
import { counted, duration, metric, number, shortened } from '../text.js';
import { linesOf } from './curves-lines.js';
import { extentOf, panelsOf, possible, reachOf } from './curves-panels.js';
import { pointer } from './curves-pointer.js';
import { seriesOf } from './curves-series.js';
import { zoomOf } from './curves-zoom.js';
import { scaleOf } from './scale.js';

const defaults = { x: 'epoch', y: 'linear', smoothing: 0, series: { train: true, validation: true }, group: 'variant', highlight: [], hidden: [], markBest: false };

const optionsOf = view => ({ ...defaults, ...view.options, series: { ...defaults.series, ...view.options.series } });

/** Accuracy and loss by epoch, or by training time: the means of the variants with a band over their seeds, or every experiment. */
export const curves = {
    /** What has changed since: experiments, curves and bands come whole, and take the place of those with the same id or variant. */
    merge(known, brought) {
        if (brought.after === null || brought.after === undefined) return brought;

        return {
            ...brought,
            experiments: joined(known.experiments, brought.experiments, item => item.id),
            curves: joined(known.curves, brought.curves, item => item.id),
            bands: joined(known.bands, brought.bands, item => item.variant),
        };
    },

    empty: data => data.curves.length > 0 ? null : 'No epoch is trained yet.',

    height: (_, width) => width >= 640 ? 340 : 560,

    summary(data) {
        const lowest = bestOf(data.curves, 'validationLoss', (a, b) => a < b), highest = bestOf(data.curves, 'validationAccuracy', (a, b) => a > b);
        const names = new Map(data.experiments.map(experiment => [experiment.id, experiment.name]));
        const place = best => `${metric(best.value)} (${shortened(names.get(best.id) ?? '', 60)}, epoch ${best.epoch})`;
        const trained = data.curves.reduce((most, curve) => Math.max(most, curve.epoch.at(-1) ?? 0), 0);
        return `${counted(data.curves.length, 'experiment')} over ${counted(trained, 'epoch')}`
            + (highest ? `; highest validation accuracy ${place(highest)}` : '') + (lowest ? `, lowest validation loss ${place(lowest)}` : '') + '.';
    },

    table(data) {
        const experiments = new Map(data.experiments.map(experiment => [experiment.id, experiment]));
        return {
            columns: ['Experiment', 'Variant', 'Epoch:', 'Train loss:', 'Train accuracy:', 'Validation loss:', 'Validation accuracy:', 'Training time:'],
            rows: data.curves.filter(curve => experiments.has(curve.id)).flatMap(curve => curve.epoch.map((epoch, at) => [
                experiments.get(curve.id).name, experiments.get(curve.id).variant, epoch,
                metric(curve.trainLoss[at]), metric(curve.trainAccuracy[at]), metric(curve.validationLoss[at]), metric(curve.validationAccuracy[at]),
                duration(curve.seconds[at]),
            ])),
        };
    },

    legend(data, view) {
        const { variants, styles } = linesOf({ ...data, curves: [], bands: [] }, optionsOf(view), view.hidden);
        return variants.map(name => ({ name, ...styles.get(name), hidden: view.hidden.has(name) }));
    },

    note(view) {
        const { series, markBest, smoothing } = optionsOf(view);
        return [
            series.train && series.validation ? 'Dashed: train. Solid: validation.' : series.train ? 'Train only.' : 'Validation only.',
            smoothing ? `Smoothed by ${smoothing}; faint: as measured.` : '',
            markBest ? `◆ ${markBest === 'validationLoss' ? 'lowest validation loss' : 'highest validation accuracy'}; shaded: what was trained after it.` : '',
        ].filter(part => part).join(' ');
    },

    option(data, view) {
        const options = optionsOf(view), model = linesOf(data, options, view.hidden), lines = [...model.strong, ...model.faint];
        const panels = panelsOf(view.width, view.height), reach = reachOf(lines), range = zoomOf(view.state, options.x) ?? reach;
        const splits = ['train', 'validation'].filter(split => options.series[split]);
        const time = options.x === 'time', log = panel => options.y === 'log' && panel.name === 'Loss';
        const scales = panels.map(panel => scaleOf(possible(extentOf(lines, splits.map(split => panel.keys[split]), range, log(panel)), panel.name), log(panel)));
        // What lies between the panels' lines and the pointer is worked out from these.
        view.drawn = { model, panels, range, splits, time, reach, log: panels.map(log), scales: scales.map(({ min, max }) => [min, max]), x: options.x };
        return {
            ...base(view.look),
            grid: panels.map(({ left, top, width, height }) => ({ left, top, width, height, containLabel: false })),
            xAxis: panels.map((_, index) => axis(view.look, {
                gridIndex: index, type: 'value', min: range[0], max: range[1], minInterval: time ? 0 : 1, splitLine: { show: false },
                name: time ? 'training time' : 'epoch', nameLocation: 'middle', nameGap: 26,
                axisLabel: {
                    showMinLabel: time || Number.isInteger(range[0]), showMaxLabel: time || Number.isInteger(range[1]),
                    formatter: value => time ? duration(value) : Number.isInteger(value) ? number(value) : '',
                },
            })),
            yAxis: panels.map((panel, index) => axis(view.look, {
                gridIndex: index, name: panel.name + (log(panel) ? ' (log)' : ''), nameLocation: 'end', nameGap: 12,
                nameTextStyle: { align: 'left', fontWeight: 600, padding: [0, 0, 0, -48] },
                ...scales[index],
                axisLabel: { formatter: value => number(value, 3) },
            })),
            series: seriesOf(model, panels, options, options.markBest ? bestOfFirst(model, options.markBest) : null, view.look),
        };
    },

    hides: true,

    narrowed: view => zoomOf(view.state, optionsOf(view).x) ? 'Whole range' : null,

    widen(view) {
        view.state.zoom = null;
    },

    attach: pointer,
};

function joined(known, brought, key) {
    const all = new Map(known.map(item => [key(item), item]));
    for (const item of brought) all.set(key(item), item);
    return [...all.values()];
}

function bestOf(all, key, better) {
    let best = null;
    for (const curve of all) {
        curve[key].forEach((value, at) => {
            if (value !== null && (best === null || better(value, best.value))) best = { id: curve.id, epoch: curve.epoch[at], value };
        });
    }

    return best;
}

/** The best epoch of the first experiment, as measured: by the lowest loss or the highest accuracy, the first of equal ones. */
function bestOfFirst(model, key) {
    const line = [...model.faint, ...model.strong].find(candidate => candidate.id !== null);
    if (!line) return null;

    const values = line.values[key], isBetter = key === 'validationLoss' ? (a, b) => a < b : (a, b) => a > b;
    const at = values.reduce((best, value, index) => value !== null && (best < 0 || isBetter(value, values[best])) ? index : best, -1);
    if (at < 0) return null;
    return { x: line.x[at], last: line.x.at(-1), values: { validationLoss: line.values.validationLoss[at], validationAccuracy: line.values.validationAccuracy[at] } };
}
