/**
 * Mean ± deviation as a line with a stroke at either end.
 * @param rows `[category or x, mean, deviation]`
 * @param lying Whether the mean is on the x axis.
 */
export const errorBars = (rows, colours, lying = false) => ({
    type: 'custom', z: 4, silent: true, data: rows.map(([x, mean, deviation]) => lying ? [mean, x, deviation] : [x, mean, deviation]),
    renderItem(item, api) {
        const deviation = api.value(2);
        if (!(deviation > 0)) return null;

        const at = sign => lying ? api.coord([api.value(0) + sign * deviation, api.value(1)]) : api.coord([api.value(0), api.value(1) + sign * deviation]);
        const [low, high] = [at(-1), at(1)], style = { stroke: colours[item.dataIndex], lineWidth: 1.5, fill: 'none' };
        const line = ([x1, y1], [x2, y2]) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style });
        const stroke = ([x, y]) => lying ? line([x, y - 5], [x, y + 5]) : line([x - 5, y], [x + 5, y]);
        return { type: 'group', children: [line(low, high), stroke(low), stroke(high)] };
    },
});
