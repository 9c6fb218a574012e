import { loadECharts } from './echarts.js';

/** ECharts in an element: made when there is something to draw, and again for another kind. */
export class Drawing {
    #host;
    #tip;
    #chart = null;
    #attached = null;
    #current = null;

    constructor(host, tip) {
        this.#host = host;
        this.#tip = tip;
    }

    /** Draws the data; where ECharts is not here yet, it is waited for, and what is the newest by then is drawn. */
    async draw(kind, data, view) {
        if (this.#current && this.#current.kind !== kind) this.dispose();
        this.#current = { kind, data, view };
        if (!globalThis.echarts) await loadECharts();
        if (this.#current) this.#paint(this.#current);
    }

    #paint({ kind, data, view }) {
        this.#host.style.height = `${view.height}px`;
        if (!this.#chart) this.#make(kind, view);
        else if (this.#chart.getWidth() !== view.width || this.#chart.getHeight() !== view.height) this.#chart.resize({ width: view.width, height: view.height, silent: true });

        this.#chart.setOption(kind.option(data, view), { notMerge: true });
        this.#attached?.redrawn?.();
        view.drawnAnew();
    }

    #make(kind, view) {
        const { echarts } = globalThis;
        this.#chart = echarts.init(this.#host, null, { renderer: 'canvas', width: view.width, height: view.height });
        this.#attached = kind.attach?.({
            chart: this.#chart, echarts, drawing: this.#host, tip: this.#tip, emit: view.emit, drawnAnew: view.drawnAnew,
            view: () => this.#current.view, data: () => this.#current.data, redraw: () => this.#current && this.#paint(this.#current),
        });
    }

    /** Shows what another chart points at. */
    point(id, epoch) {
        this.#attached?.point?.(id, epoch);
    }

    dispose() {
        this.#attached?.detach?.();
        this.#chart?.dispose();
        [this.#chart, this.#attached, this.#current] = [null, null, null];
    }
}
