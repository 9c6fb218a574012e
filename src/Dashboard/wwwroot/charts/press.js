/** Whether the pointer is pressed on an element, until it is let go, wherever that is. What is drawn anew meanwhile would take from it what it drags. */
export class Press {
    #held = false;
    #missed = false;
    #end;

    /** @param ended Called after a press for which something had to wait. */
    constructor(element, ended) {
        this.#end = () => {
            const missed = this.#held && this.#missed;
            this.#held = this.#missed = false;
            if (missed) ended();
        };
        element.addEventListener('pointerdown', () => this.#held = true);
        for (const name of ['pointerup', 'pointercancel']) addEventListener(name, this.#end);
    }

    /** Whether to wait for its end. */
    waits() {
        this.#missed ||= this.#held;
        return this.#held;
    }

    close() {
        for (const name of ['pointerup', 'pointercancel']) removeEventListener(name, this.#end);
    }
}
