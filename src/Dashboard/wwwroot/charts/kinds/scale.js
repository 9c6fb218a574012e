/** An axis that begins and ends at round numbers. */
export function scaleOf([low, high], log, logBase = high / low > 1_000 ? 10 : 2) {
    if (log) {
        const power = (value, round) => logBase ** round(Math.log(value) / Math.log(logBase));
        const [min, max] = [power(low, Math.floor), power(high, Math.ceil)];
        return { type: 'log', logBase, min, max: max > min ? max : min * logBase };
    }

    const span = high - low || Math.abs(high) || 1, rough = span / 5;
    const power = 10 ** Math.floor(Math.log10(rough));
    const interval = power * [1, 2, 5, 10].find(step => step * power >= rough);
    const [min, max] = [Math.floor(low / interval), Math.ceil(high / interval)].map(steps => Number((steps * interval).toPrecision(12)));
    return { type: 'value', interval, min, max: max > min ? max : min + interval };
}
