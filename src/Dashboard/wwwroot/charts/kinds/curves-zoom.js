/** The part of the x axis that is looked at, where it was chosen on the axis shown; null for all of it. */
export const zoomOf = (state, x) => state.zoom?.x === x ? state.zoom.range : null;

/** Looks at the part between two values of the axis; at all of it where that is too little to tell apart, or more than there is. */
export function zoomTo(state, drawn, from, to) {
    const least = drawn.time ? (drawn.reach[1] - drawn.reach[0]) / 1_000 : 1;
    const range = [Math.max(Math.min(from, to), drawn.reach[0]), Math.min(Math.max(from, to), drawn.reach[1])];
    const all = range[0] <= drawn.reach[0] && range[1] >= drawn.reach[1];
    state.zoom = all || range[1] - range[0] < least ? null : { x: drawn.x, range: drawn.time ? range : [Math.floor(range[0]), Math.ceil(range[1])] };
}

/** Half as much around a value, or twice. */
export function zoomBy(state, drawn, at, factor) {
    const half = factor * (drawn.range[1] - drawn.range[0]) / 2;
    zoomTo(state, drawn, at - half, at + half);
}
