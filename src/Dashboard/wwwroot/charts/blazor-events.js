/** Lets the components of Blazor listen to charts, as `@onchartselect`, `@onchartcell`, `@oncharthover` and `@oncharthidden`. */
export function registerChartEvents(blazor) {
    for (const name of ['select', 'cell', 'hover', 'hidden']) {
        blazor.registerCustomEventType(`chart${name}`, { browserEventName: `chart-${name}`, createEventArgs: event => event.detail });
    }
}
