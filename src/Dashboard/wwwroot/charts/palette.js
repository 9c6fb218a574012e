/** Told apart also by those who see few colours (Okabe and Ito); a variant beyond the sixth has a colour again, with a marker beside it. */
export const colours = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#56B4E9', '#D55E00'];

const markers = ['none', 'emptyCircle', 'rect', 'triangle', 'diamond', 'emptyRect', 'emptyTriangle', 'emptyDiamond'];

/** Colour and marker by position. */
export const styleOf = index => ({
    colour: colours[index % colours.length],
    marker: markers[Math.floor(index / colours.length) % markers.length],
});

/** Styles by the variants' names, in the order given: the same name has the same one in every chart of a grid. */
export const stylesOf = variants => new Map(variants.map((name, index) => [name, styleOf(index)]));

/** A marker of ECharts; an empty one is filled with what is behind it. */
export function symbolOf({ colour, marker }, look) {
    const [, empty, shape] = /^(empty)?(\w+)$/.exec(marker === 'none' ? 'circle' : marker);
    return {
        symbol: shape.toLowerCase(),
        itemStyle: empty ? { color: look.surface, borderColor: colour, borderWidth: 2, opacity: 1 } : { color: colour, borderWidth: 0, opacity: 1 },
    };
}

/** The colour, to be seen through. */
export function faded(colour, opacity) {
    const [red, green, blue] = [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));
    return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}
