import { element } from './dom.js';
import { count } from './text.js';

const most = 200;

/**
 * The values of a chart as a table: its first 200 rows, and how many there are.
 * @param table `{columns, rows}`; a column that ends in : is of numbers; a cell is text, or `{text, press}` where it can be pressed.
 */
export function tableOf(table, caption) {
    const shown = table.rows.slice(0, most);
    const note = table.rows.length > most ? [element('p', { class: 'chart-note' }, `The first ${most} of ${count(table.rows.length)} rows.`)] : [];
    const isNumber = table.columns.map(column => column.endsWith(':') ? 'number' : null);
    return element('div', { class: 'chart-table' }, ...note, element('div', { class: 'chart-scroll', tabindex: '0', role: 'region', 'aria-label': caption },
        element('table', {},
            element('caption', {}, caption),
            element('thead', {}, element('tr', {}, ...table.columns.map((column, at) =>
                element('th', { scope: 'col', class: isNumber[at] }, column.replace(/:$/, ''))))),
            element('tbody', {}, ...shown.map(row => element('tr', {}, ...row.map((value, at) =>
                at === 0 ? element('th', { scope: 'row', class: isNumber[at] }, cell(value)) : element('td', { class: isNumber[at] }, cell(value)))))))));
}

function cell(value) {
    if (typeof value !== 'object') return String(value);

    const button = element('button', { type: 'button', 'aria-label': value.label }, value.text);
    button.addEventListener('click', value.press);
    return button;
}
