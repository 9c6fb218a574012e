import { Drawing } from './drawing.js';
import { frameOf } from './frame.js';
import { kinds } from './kinds/kinds.js';
import { legendOf } from './legend.js';
import { links } from './links.js';
import { pictureOf } from './paper.js';
import { Press } from './press.js';
import { Source } from './source.js';
import { tableOf } from './table.js';
import { currentLook, watchTheme } from './theme.js';

/** Milliseconds from one drawing to the next: more for one that takes long, so that the page can do other things most of the time. */
const redrawAfter = 250, redrawAfterLong = 1_500, drawingShare = 0.1;

/** Milliseconds until a chart that is not in sight is asked for, and until one that has gone from sight is let go. */
const fetchAfter = 2_000, disposeAfter = 30_000;

/**
 * A chart: <experiment-chart kind src version options heading link>.
 * `src` is the address of its JSON, asked again when `version` changes; `options` is JSON of how it is shown; charts of the same `link` point at the
 * same experiment. Tells of `chart-select`, `chart-cell`, `chart-hover` and `chart-hidden`, which bubble. It is drawn while it is in sight alone.
 */
export class ExperimentChart extends HTMLElement {
    static observedAttributes = ['kind', 'src', 'version', 'options', 'heading'];

    #frame = null;
    #drawing = null;
    #press = null;
    #source = new Source(() => this.#schedule());
    #view = { options: {}, hidden: new Set(), state: {}, emit: (name, detail) => this.#emit(name, detail), drawnAnew: () => this.#showNarrowed() };
    #asTable = false;
    #visible = false;
    #stale = false;
    #scheduled = false;
    #notBefore = 0;
    #opening = 0;
    #disposal = 0;
    #endings = [];

    connectedCallback() {
        this.#frame = frameOf();
        this.replaceChildren(...this.#frame.all);
        // Until it is in sight there is nothing to read but what it is called.
        this.#frame.heading.textContent = this.getAttribute('heading') ?? '';
        this.#frame.heading.hidden = !this.getAttribute('heading');
        this.#frame.toggle.hidden = this.#frame.stage.hidden = true;
        this.#drawing = new Drawing(this.#frame.drawing, this.#frame.tip);
        this.#frame.toggle.addEventListener('click', () => this.#toggleTable());
        this.#frame.widen.addEventListener('click', () => {
            this.#kind.widen(this.#view, this.#source.data);
            (this.#asTable ? this.#frame.toggle : this.#frame.drawing).focus();
            this.#schedule();
        });
        this.#readOptions();
        this.#observe();
        if (this.#source.isInline(this.getAttribute('src'))) this.#open();
        else this.#opening = setTimeout(() => this.#open(), fetchAfter);
    }

    disconnectedCallback() {
        for (const end of this.#endings) end();
        clearTimeout(this.#opening);
        clearTimeout(this.#disposal);
        this.#source.close();
        this.#drawing.dispose();
        [this.#endings, this.#visible] = [[], false];
    }

    attributeChangedCallback(name, before, after) {
        if (!this.#frame || before === after || !this.isConnected) return;

        if ((name === 'kind' || name === 'src') && !this.#opening) this.#open();
        else if (name === 'version') this.#newVersion(after);
        else if (name === 'options') this.#readOptions();
        this.#schedule();
    }

    /** Shows what a chart of the same link points at. */
    point(id, epoch) {
        this.#drawing?.point(id, epoch);
    }

    /** What is shown: the kind, the data and how. */
    get shown() {
        return { kind: this.#kind, data: this.#source.data, view: this.#view };
    }

    get #kind() {
        return kinds[this.getAttribute('kind')] ?? null;
    }

    #open() {
        clearTimeout(this.#opening);
        this.#opening = 0;
        this.#view.state = {};
        if (this.#kind && this.getAttribute('src')) this.#source.open(this.getAttribute('src'), this.#kind);
    }

    #newVersion(version) {
        if (version === String(this.#source.data?.version)) return;

        // What is not in sight is asked for again when it is.
        this.#stale = !this.#visible;
        if (this.#visible) this.#source.refresh();
    }

    #readOptions() {
        this.#view.options = JSON.parse(this.getAttribute('options') || '{}');
        this.#view.hidden = new Set(this.#view.options.hidden);
    }

    #observe() {
        const sight = new IntersectionObserver(entries => this.#seen(entries.at(-1).isIntersecting), { rootMargin: '200px' });
        let width = this.clientWidth;
        // Its height follows from what is drawn.
        const size = new ResizeObserver(() => {
            if (width === this.clientWidth) return;

            width = this.clientWidth;
            this.#schedule();
        });
        sight.observe(this);
        size.observe(this);
        this.#press = new Press(this.#frame.drawing, () => this.#schedule());
        const print = () => this.#print(), printed = () => this.#frame.stage.querySelector('.chart-paper')?.remove();
        addEventListener('beforeprint', print);
        addEventListener('afterprint', printed);
        this.#endings = [
            () => sight.disconnect(), () => size.disconnect(), () => this.#press.close(), watchTheme(() => this.#schedule()), links.join(this),
            () => removeEventListener('beforeprint', print), () => removeEventListener('afterprint', printed),
        ];
    }

    #seen(visible) {
        this.#visible = visible;
        clearTimeout(this.#disposal);
        if (!visible) {
            this.#disposal = setTimeout(() => this.#drawing.dispose(), disposeAfter);
            return;
        }

        if (this.#opening) this.#open();
        else if (this.#stale) this.#source.refresh();
        this.#stale = false;
        this.#schedule();
    }

    /** Draws at the next frame that it may. */
    #schedule() {
        if (this.#scheduled || !this.#visible) return;

        this.#scheduled = true;
        setTimeout(() => requestAnimationFrame(() => {
            this.#scheduled = false;
            if (!this.isConnected || !this.#visible || this.#press.waits()) return;

            const begun = performance.now();
            this.#show();
            const ended = performance.now();
            this.#notBefore = ended + Math.min(redrawAfterLong, Math.max(redrawAfter, (ended - begun) / drawingShare));
        }), Math.max(0, this.#notBefore - performance.now()));
    }

    #show() {
        const { data } = this.#source, kind = this.#kind, frame = this.#frame;
        if (!this.#showText(kind, data)) return this.#drawing.dispose();

        kind.arrived?.(data, this.#view);
        if (this.#asTable) this.#showTable(kind, data);
        else if (this.#view.width > 0) this.#drawing.draw(kind, data, this.#view).catch(error => frame.status.textContent = `The chart cannot be drawn: ${error.message}`);
    }

    /** Everything but the drawing and the table; says whether there is anything to draw. */
    #showText(kind, data) {
        const frame = this.#frame;
        frame.heading.textContent = this.getAttribute('heading') ?? '';
        frame.heading.hidden = !this.getAttribute('heading');
        this.#showStatus();
        this.toggleAttribute('shown', data !== null);
        const empty = !kind ? 'There is no chart of this kind.' : !data ? '' : kind.empty(data);
        frame.empty.textContent = empty ?? '';
        frame.empty.hidden = !empty;
        const nothing = !data || empty !== null;
        frame.toggle.hidden = nothing;
        frame.stage.hidden = nothing || this.#asTable;
        frame.values.hidden = frame.fields.hidden = nothing || !this.#asTable;
        frame.summary.hidden = frame.legend.hidden = frame.note.hidden = nothing;
        if (nothing) return false;

        this.#view.look = currentLook();
        this.#view.width = frame.stage.clientWidth || this.clientWidth;
        this.#view.height = kind.height(data, this.#view.width, this.#view);
        const summary = kind.summary(data, this.#view);
        frame.summary.textContent = summary;
        frame.drawing.setAttribute('aria-label', summary);
        frame.note.textContent = kind.note?.(this.#view, data) ?? '';
        frame.legend.replaceChildren(...legendOf(kind.legend?.(data, this.#view) ?? [], kind.hides ? name => this.#toggle(name) : null, this.#view.width));
        return true;
    }

    #showNarrowed() {
        const narrowed = this.#kind.narrowed?.(this.#view);
        this.#frame.widen.hidden = !narrowed;
        this.#frame.widen.textContent = narrowed ?? '';
    }

    #showStatus() {
        const { error, data, fetchedAt } = this.#source;
        this.#frame.status.textContent = !error ? data ? '' : 'Loading…'
            : data ? `Not updated since ${fetchedAt.toLocaleTimeString('en-GB')} (${error.message}); trying again.`
                : `The values did not come (${error.message}); trying again.`;
        this.#frame.status.classList.toggle('chart-stale', error !== null);
    }

    #showTable(kind, data) {
        const { fields, values } = this.#frame, before = values.querySelector('.chart-scroll');
        const pressed = [...values.querySelectorAll('button')].indexOf(document.activeElement), focused = document.activeElement === before;
        values.replaceChildren(tableOf(kind.table(data, this.#view), this.getAttribute('heading') || 'Values'));
        const scroll = values.querySelector('.chart-scroll');
        scroll.scrollTo(before?.scrollLeft ?? 0, before?.scrollTop ?? 0);
        (focused ? scroll : values.querySelectorAll('button')[pressed])?.focus({ preventScroll: true });
        // What is being typed stays.
        if (kind.fields && !fields.contains(document.activeElement)) fields.replaceChildren(kind.fields(data, this.#view, () => this.#showNarrowed()));
        this.#showNarrowed();
    }

    /** On paper a picture is in the place of the drawing, which may never have been in sight, and is as wide as the screen. */
    #print() {
        const { kind, data, view } = this.shown;
        this.#showText(kind, data);
        const picture = pictureOf(kind, data, view);
        if (picture) this.#frame.stage.append(picture);
    }

    #toggleTable() {
        this.#asTable = !this.#asTable;
        this.#frame.toggle.setAttribute('aria-pressed', String(this.#asTable));
        this.#show();
    }

    #toggle(name) {
        const { hidden } = this.#view, at = [...this.#frame.legend.querySelectorAll('button')].indexOf(document.activeElement);
        if (!hidden.delete(name)) hidden.add(name);
        this.#emit('chart-hidden', { hidden: [...hidden] });
        this.#show();
        this.#frame.legend.querySelectorAll('button')[at]?.focus();
    }

    #emit(name, detail) {
        this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
    }
}

customElements.define('experiment-chart', ExperimentChart);
