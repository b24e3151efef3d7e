// A lane of the board may hold thousands of cards, of which only those around what is on screen are in the page. Here is told which
// rows are on screen, and here a row is found that is not drawn yet.

const fewest = 5; // Rows that must be drawn beyond what is on screen, before more are asked for.
const step = 10; // As Web/Tickets/Board/LaneWindow.cs has it: within one step the same part would come.

class BoardLane extends HTMLElement {
    #asked = null;
    #wanted = null;
    #height = 0;
    #drawn = new MutationObserver(() => this.#changed());
    #sized = new ResizeObserver(() => this.#look());

    connectedCallback() {
        this.addEventListener("scroll", () => this.#look(), { capture: true, passive: true });
        this.addEventListener("focusin", event => event.target.matches("article") && (this.#wanted = null));
        this.#drawn.observe(this, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-start", "data-count"] });
        this.#sized.observe(this);
        this.#changed();
    }

    disconnectedCallback() {
        this.#drawn.disconnect();
        this.#sized.disconnect();
    }

    /** What scrolls; it holds the focus while the card that had it is not drawn. */
    get list() {
        return this.querySelector("ul.lane-cards");
    }

    get count() {
        return Number(this.list.dataset.count);
    }

    /** How many rows fit on the screen. */
    get page() {
        return Math.max(1, Math.floor(this.list.clientHeight / this.#height));
    }

    /** The row where the focus is or goes: of a card, or of the first whole one on screen. */
    rowOf(element) {
        const row = element.closest("li");
        return this.#wanted ?? (row ? this.#start + [...this.list.children].indexOf(row) : Math.ceil(this.list.scrollTop / this.#height));
    }

    /** How far below the first row on screen a row is. */
    placeOf(row) {
        return row - Math.floor(this.list.scrollTop / this.#height);
    }

    rowAt(place) {
        return Math.floor(this.list.scrollTop / this.#height) + place;
    }

    /** Whether the row is drawn. */
    draws(row) {
        return this.list.children[row - this.#start] !== undefined && row >= this.#start;
    }

    /** Leads the focus to a row, however far it is. */
    goTo(row) {
        if (this.count === 0) return;
        const { list } = this;
        this.#wanted = Math.max(0, Math.min(row, this.count - 1));
        const [top, bottom] = [this.#wanted * this.#height, (this.#wanted + 1) * this.#height];
        if (top < list.scrollTop) list.scrollTop = top;
        else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight + 4;
        this.#arrive();
    }

    get #start() {
        return Number(this.list.dataset.start);
    }

    #arrive() {
        if (this.#wanted !== null && this.draws(this.#wanted)) this.list.children[this.#wanted - this.#start].querySelector("article").focus();
    }

    #changed() {
        if (!this.list) return;
        [...this.list.children].forEach((row, i) => {
            row.setAttribute("aria-posinset", this.#start + i + 1);
            row.setAttribute("aria-setsize", this.count);
        });
        this.#asked = null;
        this.#look();
        this.#arrive();
    }

    #look() {
        const { list } = this;
        if (!list) return;
        this.#height = list.querySelector("li")?.getBoundingClientRect().height || this.#height;
        if (this.#height === 0) return;
        const end = this.count - 1;
        const first = Math.max(0, Math.min(Math.floor(list.scrollTop / this.#height), end));
        const last = Math.max(0, Math.min(Math.floor((list.scrollTop + list.clientHeight) / this.#height), end));
        if (this.count === 0 || (this.draws(Math.max(0, first - fewest)) && this.draws(Math.min(end, last + fewest)))) return;
        const part = `${Math.floor(first / step)} ${Math.floor(last / step)}`;
        if (part === this.#asked) return;
        this.#asked = part;
        this.dispatchEvent(new CustomEvent("boardscroll", { bubbles: true, detail: { lane: Number(this.dataset.lane), first, last } }));
    }
}

/** A card as tall as one can be, unseen: it gives all of them their height, in whatever font, size and width they are shown. */
class CardProbe extends HTMLElement {
    #sized = new ResizeObserver(() => this.closest("triage-board")?.style.setProperty("--card", `${Math.ceil(this.getBoundingClientRect().height)}px`));

    connectedCallback() {
        this.#sized.observe(this);
    }

    disconnectedCallback() {
        this.#sized.disconnect();
    }
}

if (!customElements.get("board-lane")) {
    Blazor.registerCustomEventType("boardscroll", { createEventArgs: event => event.detail });
    customElements.define("board-lane", BoardLane);
    customElements.define("card-probe", CardProbe);
}
