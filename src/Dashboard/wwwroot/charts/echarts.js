const address = '../_content/Vizor.ECharts/js/vizor-echarts-bundle-min.js';

let loading = null;

/** ECharts, fetched when the first chart comes into sight; a page that has its script already is not asked for it again. */
export function loadECharts() {
    if (globalThis.echarts) return Promise.resolve();

    return loading ??= new Promise((resolve, reject) => {
        const script = document.createElement('script');
        // Not imported: parts of it want to be a script, whose `this` is the window.
        script.src = new URL(address, import.meta.url);
        script.onload = resolve;
        script.onerror = () => {
            loading = null;
            script.remove();
            reject(new Error('ECharts did not come'));
        };
        document.head.append(script);
    });
}
