import { shortened } from '../text.js';
import { axis } from '../theme.js';

/** A grid with the names of classes or keys at its left, from the top down, each cut to the room there is. */
export function categories(names, view, right = 24) {
    const most = Math.min(30, Math.floor((view.width * 0.42 - 18) / 7)), shown = names.map(name => shortened(name, most));
    const left = Math.min(18 + 7 * Math.max(...shown.map(name => name.length)), Math.floor(view.width * 0.42));
    return {
        grid: { left, right, top: 12, bottom: 36 },
        yAxis: axis(view.look, {
            type: 'category', data: shown, axisLine: { onZero: true, lineStyle: { color: view.look.muted } }, inverse: true, axisTick: { show: false }, splitLine: { show: false },
            axisLabel: { width: left - 12, overflow: 'truncate', interval: names.length > 60 ? 'auto' : 0 },
        }),
    };
}
