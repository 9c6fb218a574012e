import { curves } from './curves.js';

/**
 * The kinds of chart by name. A kind is made of functions of its data and a view `{options, look, width, height, hidden, state, emit}`:
 * `empty` (why there is nothing to draw, or null), `height`, `summary` (a sentence), `table`, `option` (of ECharts), and where it has them `merge`
 * (what is known with what changed), `legend`, `note`, `zoomed` and `attach` (to an instance of ECharts).
 */
export const kinds = { curves };
