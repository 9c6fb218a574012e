let loading = null;

/** ECharts, fetched when the first chart comes into sight; a page that has its script already is not asked for it again. */
export function loadECharts() {
    if (globalThis.echarts) return Promise.resolve(globalThis.echarts);

    loading ??= import('../_content/Vizor.ECharts/js/vizor-echarts-bundle-min.js').then(
        () => globalThis.echarts,
        error => {
            loading = null;
            throw error;
        });
    return loading;
}
