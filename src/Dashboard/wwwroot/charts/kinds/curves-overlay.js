/** What is pointed at, drawn over the curves: a line at the epoch in both panels, the curve itself, its points, and the part being selected. */
export function overlay({ chart, echarts, view }) {
    const { Group, Line, Circle, Polyline, Rect } = echarts.graphic;
    const group = new Group({ silent: true }), selection = new Group({ silent: true });
    chart.getZr().add(group);
    chart.getZr().add(selection);

    const add = (to, shape) => to.add(shape.attr({ zlevel: 10, silent: true }));

    function show(line, index) {
        const { panels, splits, range } = view().drawn, { look } = view();
        group.removeAll();
        panels.forEach((panel, at) => {
            const pixel = (x, y) => chart.convertToPixel({ gridIndex: at }, [x, y]), within = x => x >= range[0] && x <= range[1];
            if (within(line.x[index])) {
                const [x] = pixel(line.x[index], 1);
                add(group, new Line({ shape: { x1: x, x2: x, y1: panel.top, y2: panel.top + panel.height }, style: { stroke: look.muted, lineWidth: 1 } }));
            }

            for (const split of splits) {
                const values = line.values[panel.keys[split]], points = [];
                values.forEach((value, i) => {
                    if (value !== null && within(line.x[i])) points.push(pixel(line.x[i], value));
                });
                add(group, new Polyline({
                    shape: { points },
                    style: { stroke: line.style.colour, lineWidth: 3, lineDash: split === 'train' ? [6, 4] : null, fill: 'none' },
                }));
                if (values[index] === null || !within(line.x[index])) continue;

                const [cx, cy] = pixel(line.x[index], values[index]);
                add(group, new Circle({ shape: { cx, cy, r: 4 }, style: { fill: split === 'train' ? look.surface : line.style.colour, stroke: line.style.colour, lineWidth: 2 } }));
            }
        });
    }

    function select(at, from, to) {
        selection.removeAll();
        if (at === null) return;

        const panel = view().drawn.panels[at];
        add(selection, new Rect({
            shape: { x: Math.min(from, to), y: panel.top, width: Math.abs(to - from), height: panel.height },
            style: { fill: view().look.muted, opacity: 0.2 },
        }));
    }

    return { show, select, hide: () => group.removeAll() };
}
