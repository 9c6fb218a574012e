import { paper } from './theme.js';

const width = 760;

/**
 * A chart as a picture for paper: of lines and letters that stay sharp, in the light theme, at the width of a page, whatever the screen shows.
 * @returns An image; null where there is nothing to draw.
 */
export function pictureOf(kind, data, view) {
    if (!kind || !data || kind.empty(data) || !globalThis.echarts) return null;

    const page = { ...view, look: paper, width, state: {} };
    page.height = kind.height(data, width, page);
    const chart = globalThis.echarts.init(null, null, { renderer: 'svg', ssr: true, width, height: page.height });
    chart.setOption(kind.option(data, page));
    const picture = new Image(width, page.height);
    picture.className = 'chart-paper';
    picture.alt = kind.summary(data, page);
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(chart.renderToSVGString())}`;
    chart.dispose();
    return picture;
}
