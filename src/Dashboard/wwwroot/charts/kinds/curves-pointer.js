import { duration, meanOf, metric } from '../text.js';
import { placeTooltip, tooltipOf } from '../tooltip.js';
import { candidatesOf, indexAt, nearestOf } from './curves-nearest.js';
import { overlay } from './curves-overlay.js';
import { zoomBy, zoomTo } from './curves-zoom.js';

const mostNamed = 6;

/**
 * Pointer and keys over the curves: the nearest curve and its epoch stand out in both panels, dragging looks closer, a double click at all again.
 * Drawn on a layer of its own, so that a thousand curves behind it are not drawn again.
 * @param context `{chart, echarts, drawing, tip, view, redraw, emit}`
 */
export function pointer(context) {
    const { chart, drawing, tip } = context;
    const layer = overlay(context), zr = chart.getZr();
    let at = null, dragged = null;

    const drawn = () => context.view().drawn;
    const panelAt = (x, y) => drawn().panels.findIndex(panel =>
        x >= panel.left && x <= panel.left + panel.width && y >= panel.top && y <= panel.top + panel.height);
    const valueAt = (panel, x, y) => chart.convertFromPixel({ gridIndex: panel }, [x, y]);

    /** Where a value is, in pixels from the top: worked out from two of them, for thousands are asked for at each move. */
    function pixelsOf(panel, x) {
        const scale = drawn().log[panel] ? Math.log : value => value, [low, high] = drawn().scales[panel];
        const [bottom, top] = [low, high].map(value => chart.convertToPixel({ gridIndex: panel }, [x, value])[1]);
        return value => bottom + (top - bottom) * (scale(value) - scale(low)) / (scale(high) - scale(low));
    }

    function show(line, index, panel) {
        const epoch = line.epoch[index], key = drawn().panels[panel].keys[drawn().splits.at(-1)];
        const [x, y] = chart.convertToPixel({ gridIndex: panel }, [line.x[index], line.values[key][index] ?? NaN]);
        const changed = at?.line.id !== line.id || at.line.name !== line.name || at.line.epoch[at.index] !== epoch;
        at = { line, index, panel };
        layer.show(line, index);
        tip.replaceChildren(content(line, index, panel, drawn()));
        placeTooltip(tip, x, Number.isFinite(y) ? y : drawn().panels[panel].top, drawing.clientWidth, drawing.clientHeight);
        if (changed) context.emit('chart-hover', { id: line.id, epoch });
    }

    function hide() {
        if (at) context.emit('chart-hover', { id: null, epoch: null });
        at = null;
        tip.hidden = true;
        layer.hide();
    }

    function move({ offsetX, offsetY }) {
        const panel = dragged?.panel ?? panelAt(offsetX, offsetY);
        if (panel < 0 || !drawn()) return hide();

        if (dragged) return layer.select(panel, dragged.x, offsetX);

        const { splits, panels, model } = drawn(), [x] = valueAt(panel, offsetX, offsetY);
        const nearest = nearestOf(candidatesOf(model), splits.map(split => panels[panel].keys[split]), x, offsetY, pixelsOf(panel, x));
        return nearest ? show(nearest.line, nearest.at, panel) : hide();
    }

    function end({ offsetX }) {
        const from = dragged;
        dragged = null;
        layer.select(null);
        if (!from || Math.abs(offsetX - from.x) < 8) return;

        zoomTo(context.view().state, drawn(), valueAt(from.panel, from.x, 0)[0], valueAt(from.panel, offsetX, 0)[0]);
        hide();
        context.redraw();
    }

    zr.on('mousemove', move);
    zr.on('globalout', () => dragged || hide());
    zr.on('mousedown', ({ offsetX, offsetY, event }) => {
        const panel = panelAt(offsetX, offsetY);
        // A finger that drags scrolls the page.
        if (panel >= 0 && event.pointerType !== 'touch' && !event.touches) dragged = { panel, x: offsetX };
    });
    zr.on('mouseup', end);
    zr.on('dblclick', () => {
        context.view().state.zoom = null;
        context.redraw();
    });

    const keys = event => {
        const lines = drawn() ? candidatesOf(drawn().model).filter(line => line.x.length > 0) : [];
        if (lines.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return;

        const here = at ?? { line: lines[0], index: lines[0].x.length - 1, panel: 0 }, step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        const next = { ArrowUp: -1, ArrowDown: 1 }[event.key], zoom = { '+': 0.5, '-': 2 }[event.key], { state } = context.view();
        if (step) show(here.line, clamp(here.index + (at ? step : 0), here.line.x.length), here.panel);
        else if (next) {
            const line = lines[clamp(lines.indexOf(here.line) + (at ? next : 0), lines.length)];
            show(line, indexAt(line.x, here.line.x[here.index]), here.panel);
        } else if (zoom) zoomBy(state, drawn(), here.line.x[here.index], zoom);
        else if (event.key === '0') state.zoom = null;
        else if (event.key === 'Escape') hide();
        else return;

        event.preventDefault();
        if (zoom || event.key === '0') context.redraw();
    };
    drawing.addEventListener('keydown', keys);
    drawing.addEventListener('blur', hide);

    return {
        /** After the curves were drawn anew, the same curve and epoch are pointed at, where they still are. */
        redrawn() {
            const line = at && candidatesOf(drawn().model).find(candidate => candidate.id === at.line.id && candidate.name === at.line.name);
            if (line) show(line, clamp(indexAt(line.epoch, at.line.epoch[at.index]), line.x.length), at.panel);
            else if (at) hide();
        },
        /** What another chart points at. */
        point(id, epoch) {
            const line = id !== null && drawn() && candidatesOf(drawn().model).find(candidate => candidate.id === id);
            if (line && line.x.length > 0) layer.show(line, epoch === null ? line.x.length - 1 : indexAt(line.epoch, epoch));
            else layer.hide();
        },
        detach() {
            drawing.removeEventListener('keydown', keys);
            drawing.removeEventListener('blur', hide);
            tip.hidden = true;
        },
    };
}

const clamp = (index, length) => Math.max(0, Math.min(index, length - 1));

/** The epoch's values: of the curve pointed at, and of those that are beside it. */
function content(line, index, panel, { model, panels, splits, time }) {
    const keys = panels.flatMap(each => splits.map(split => each.keys[split]));
    const named = keys.length > 2 ? keys.filter(key => key.startsWith('validation')) : keys, sorted = panels[panel].keys[splits.at(-1)];
    const valueOf = (one, key, at) => one.deviation ? meanOf(one.values[key][at], one.deviation[key][at]) : metric(one.values[key][at]);
    const beside = candidatesOf(model).filter(one => one.id === null || !model.faint.includes(one) || one === line).filter(one => one.epoch.length > 0)
        .map(one => ({ one, at: indexAt(one.epoch, line.epoch[index]) })).filter(({ one, at }) => one.epoch[at] === line.epoch[index]);
    const mine = line.values[sorted][index];
    const rows = beside.toSorted((a, b) => Math.abs(a.one.values[sorted][a.at] - mine) - Math.abs(b.one.values[sorted][b.at] - mine)).slice(0, mostNamed)
        .toSorted((a, b) => b.one.values[sorted][b.at] - a.one.values[sorted][a.at])
        .map(({ one, at }) => ({ name: one.id === null ? `${one.name} (mean of ${one.n})` : one.name, colour: one.style.colour, strong: one === line, cells: named.map(key => valueOf(one, key, at)) }));
    const train = keys.length > 2 ? [{ name: 'its train', cells: named.map(key => valueOf(line, key.replace('validation', 'train'), index)) }] : [];
    return tooltipOf(
        `Epoch ${line.epoch[index]}${time ? `, ${duration(line.x[index])}` : ''}`, [...rows, ...train],
        named.map(key => key.replace(/(train|validation)/, '')));
}
