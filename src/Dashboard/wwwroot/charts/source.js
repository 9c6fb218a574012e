const firstPause = 2_000, longestPause = 30_000;

/**
 * The JSON that a chart shows. What was fetched last is kept when a fetch fails, which is tried again after 2 s, then 4 s, up to 30 s.
 * A source that begins with # is the text of the element with that id: a page that carries its own data.
 */
export class Source {
    #address = null;
    #kind = null;
    #wanted = false;
    #fetching = null;
    #timer = 0;
    #pause = firstPause;
    #changed;

    data = null;
    fetchedAt = null;
    error = null;

    /** @param changed Called after every fetch, whether it brought something or failed. */
    constructor(changed) {
        this.#changed = changed;
    }

    /** Whether the data at an address are on the page already. */
    isInline(address) {
        return address?.startsWith('#') ?? false;
    }

    /** Points at another address, of which nothing is known. */
    open(address, kind) {
        this.close();
        [this.#address, this.#kind, this.data, this.fetchedAt, this.error] = [address, kind, null, null, null];
        this.refresh();
    }

    /** Asks for what is new; while an answer is on its way, once more after it. */
    refresh() {
        clearTimeout(this.#timer);
        if (!this.#address) return;

        this.#wanted = true;
        if (!this.#fetching) this.#fetch();
    }

    close() {
        clearTimeout(this.#timer);
        this.#fetching?.abort();
        this.#fetching = null;
        this.#wanted = false;
    }

    async #fetch() {
        const attempt = this.#fetching = new AbortController();
        this.#wanted = false;
        try {
            const brought = this.isInline(this.#address) ? inline(this.#address) : await fetched(this.#url(), attempt.signal);
            if (attempt.signal.aborted) return;

            this.data = this.data && this.#kind.merge ? this.#kind.merge(this.data, brought) : brought;
            [this.fetchedAt, this.error, this.#pause] = [new Date(), null, firstPause];
        } catch (error) {
            if (attempt.signal.aborted) return;

            this.error = error;
            this.#timer = setTimeout(() => this.refresh(), this.#pause);
            this.#pause = Math.min(2 * this.#pause, longestPause);
        }

        this.#fetching = null;
        this.#changed();
        if (this.#wanted) this.#fetch();
    }

    #url() {
        const url = new URL(this.#address, document.baseURI);
        if (this.data && this.#kind.merge) url.searchParams.set('after', this.data.version);
        return url;
    }
}

const inline = address => JSON.parse(document.getElementById(address.slice(1)).textContent);

async function fetched(url, signal) {
    const answer = await fetch(url, { headers: { accept: 'application/json' }, cache: 'no-cache', signal });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return await answer.json();
}
