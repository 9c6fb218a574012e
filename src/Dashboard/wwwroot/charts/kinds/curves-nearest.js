/** The lines that the pointer can be at: those to be read, and the experiments behind them. */
export function candidatesOf(model) {
    const read = new Set(model.strong.map(line => line.id));
    return [...model.strong, ...model.faint.filter(line => line.id !== null && !read.has(line.id))];
}

/** Index of the value nearest to x in ascending values. */
export function indexAt(values, x) {
    let low = 0, high = values.length - 1;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (values[middle] < x) low = middle + 1;
        else high = middle;
    }

    return low > 0 && x - values[low - 1] < values[low] - x ? low - 1 : low;
}

/**
 * The line whose drawing is nearest to a point, and the index of its epoch; null where there is none.
 * @param pixelOf Pixels from the top, of a value.
 */
export function nearestOf(lines, keys, x, y, pixelOf) {
    let nearest = null;
    for (const line of lines) {
        if (line.x.length === 0) continue;

        const at = indexAt(line.x, x);
        for (const key of keys) {
            const value = line.values[key][at];
            if (value === null || value === undefined) continue;

            // A curve that has ended is farther away than one that passes here.
            const away = Math.abs(pixelOf(value) - y) + (x > line.x.at(-1) + 0.5 ? 1_000 : 0);
            if (nearest === null || away < nearest.away) nearest = { line, at, away };
        }
    }

    return nearest;
}
