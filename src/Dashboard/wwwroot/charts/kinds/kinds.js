import { confusion } from './confusion.js';
import { curves } from './curves.js';
import { differences } from './differences.js';
import { distribution } from './distribution.js';
import { effect } from './effect.js';
import { importance } from './importance.js';
import { parallel } from './parallel.js';

/**
 * The kinds of chart by name. A kind is made of functions of its data and a view `{options, look, width, height, hidden, state, emit}`:
 * `empty` (why there is nothing to draw, or null), `height`, `summary` (a sentence), `table`, `option` (of ECharts), and where it has them `merge`
 * (what is known with what changed), `arrived` (called before what is new is shown), `legend`, `hides` (whether its entries can be hidden), `note`,
 * `fields` (to choose by keys what the pointer chooses in the drawing), `narrowed` (what the button is called that shows all again, or null), `widen`
 * and `attach` (to an instance of ECharts).
 */
export const kinds = { confusion, curves, differences, distribution, effect, importance, parallel };
