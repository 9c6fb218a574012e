/** The two drawings beside each other, or on a narrow page below each other: accuracy first. */
export function panelsOf(width, height) {
    const edge = { left: 56, right: 18, top: 30, bottom: 44 };
    const wide = width >= 640;
    const each = wide ? (width - 2 * (edge.left + edge.right)) / 2 : width - edge.left - edge.right;
    const tall = wide ? height - edge.top - edge.bottom : (height - 2 * (edge.top + edge.bottom)) / 2;
    return ['Accuracy', 'Loss'].map((name, at) => ({
        name,
        keys: { train: `train${name}`, validation: `validation${name}` },
        left: wide ? edge.left + at * (each + edge.left + edge.right) : edge.left,
        top: wide ? edge.top : edge.top + at * (tall + edge.top + edge.bottom),
        width: Math.max(each, 40),
        height: Math.max(tall, 40),
    }));
}

/** From the first to the last value of all lines. */
export function reachOf(lines) {
    let from = Infinity, to = -Infinity;
    for (const line of lines) {
        for (const x of line.x) {
            if (x !== null && x < from) from = x;
            if (x !== null && x > to) to = x;
        }
    }

    return from < to ? [from, to] : Number.isFinite(from) ? [from - 0.5, from + 0.5] : [0, 1];
}

/** What the values of the lines between two x take, their bands included; a logarithm takes those above 0. */
export function extentOf(lines, keys, range, log) {
    let low = Infinity, high = -Infinity;
    for (const line of lines) {
        for (const key of keys) {
            const values = line.values[key], deviations = line.deviation?.[key];
            for (let at = 0; at < values.length; at++) {
                const value = values[at];
                if (value === null || !(line.x[at] >= range[0] && line.x[at] <= range[1]) || (log && value <= 0)) continue;

                const deviation = deviations?.[at] ?? 0;
                if (value - deviation < low && (!log || value > deviation)) low = value - deviation;
                if (value < low) low = value;
                if (value + deviation > high) high = value + deviation;
            }
        }
    }

    return low <= high ? [low, high] : log ? [0.1, 1] : [0, 1];
}

/** A mean less its deviation may lie where no value can: of accuracies beyond 0 and 1, of losses below 0. */
export const possible = ([low, high], name) => name === 'Accuracy' ? [Math.max(0, low), Math.min(1, high)] : [Math.max(0, low), high];
