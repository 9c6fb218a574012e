import { stylesOf } from '../palette.js';

export const metrics = ['trainLoss', 'trainAccuracy', 'validationLoss', 'validationAccuracy'];

/**
 * What is to be drawn of the data.
 * @returns `{variants, styles, strong, faint}`: strong are lines to be read (means over the seeds of a variant, experiments, what is highlighted),
 * faint those that lie behind them (the seeds of a mean, what was smoothed). A line is
 * `{id, name, variant, style, n, epoch[], x[], values: {trainLoss[], …}, deviation: {…}|null}`, of which id is null for a mean.
 */
export function linesOf(data, options, hidden) {
    const variants = [...new Set(data.experiments.map(experiment => experiment.variant))];
    const styles = stylesOf(variants);
    const experiments = new Map(data.experiments.map(experiment => [experiment.id, experiment]));
    const highlighted = new Set(options.highlight);
    const curves = data.curves.filter(curve => experiments.has(curve.id)).map(curve => lineOf(curve, experiments.get(curve.id), styles, options))
        .filter(line => !hidden.has(line.variant));

    const bands = options.group === 'experiment' ? [] : data.bands.filter(band => !hidden.has(band.variant));
    const banded = new Set(bands.map(band => band.variant));
    const means = bands.filter(band => band.epoch.length > 0).map(band => meanOf(band, curves, styles, options));

    const strong = [...means, ...curves.filter(curve => !banded.has(curve.variant) || highlighted.has(curve.id))];
    const faint = curves.filter(curve => banded.has(curve.variant) && !highlighted.has(curve.id));
    for (const line of strong) line.highlighted = highlighted.has(line.id);
    if (!options.smoothing) return { variants, styles, strong, faint };

    return { variants, styles, strong: strong.map(line => smoothed(line, options.smoothing)), faint: [...faint, ...strong] };
}

function lineOf(curve, experiment, styles, options) {
    return {
        id: curve.id, name: experiment.name, variant: experiment.variant, style: styles.get(experiment.variant), n: 1,
        epoch: curve.epoch, x: options.x === 'time' ? curve.seconds : curve.epoch, values: curve, deviation: null,
    };
}

function meanOf(band, curves, styles, options) {
    const over = pick => Object.fromEntries(metrics.map(key => [key, pick(band[key])]));
    return {
        id: null, name: band.variant, variant: band.variant, style: styles.get(band.variant), n: band.experiments,
        epoch: band.epoch, x: options.x === 'time' ? meanTime(band, curves) : band.epoch,
        values: over(sample => sample.mean), deviation: over(sample => sample.deviation), counts: over(sample => sample.count),
    };
}

/** When, on average over the seeds that reached it, an epoch of the variant ended. */
function meanTime(band, curves) {
    const sums = new Map();
    for (const curve of curves.filter(curve => curve.variant === band.variant)) {
        curve.epoch.forEach((epoch, at) => {
            const sum = sums.get(epoch) ?? { seconds: 0, count: 0 };
            sums.set(epoch, { seconds: sum.seconds + curve.x[at], count: sum.count + 1 });
        });
    }

    return band.epoch.map(epoch => sums.has(epoch) ? sums.get(epoch).seconds / sums.get(epoch).count : null);
}

function smoothed(line, weight) {
    const all = columns => columns && Object.fromEntries(metrics.map(key => [key, averaged(columns[key], weight)]));
    return { ...line, values: all(line.values), deviation: all(line.deviation) };
}

/** The exponential moving average, not drawn towards 0 at its begin: as TensorBoard smooths. A gap stays one, and the average goes on after it. */
export function averaged(values, weight) {
    let sum = 0, known = 0;
    return values.map(value => {
        if (!Number.isFinite(value)) return null;

        sum = weight * sum + (1 - weight) * value;
        known++;
        return sum / (1 - weight ** known);
    });
}
