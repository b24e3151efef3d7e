// The desk's behaviours in the browser: dialogs, drag and drop, keys. Only what a person decided goes to the server.

// What Blazor rendered may be replaced by the next change: a place to return to is remembered by its id. Until it is there the focus may
// rest on a stand-in; when it does not come, something else is done.
function comeBackTo(element, standIn, otherwise) {
    const id = element?.closest?.("[id]")?.id;
    const selector = element?.matches?.("[data-move]") ? "[data-move]" : null;
    const until = performance.now() + 1_500;
    const tryNow = () => {
        if (![document.body, null, standIn].includes(document.activeElement)) return;
        const found = element?.isConnected ? element : id ? document.getElementById(id) : null;
        const target = found && selector && !found.matches(selector) ? found.querySelector(selector) ?? found : found;
        if (target) target.focus();
        else if (performance.now() < until) requestAnimationFrame(tryNow);
        else otherwise?.();
    };
    requestAnimationFrame(tryNow);
}

/** Opens the dialog around it as soon as it is in the page, and gives the focus back when it goes. */
class OpenModal extends HTMLElement {
    #before = null;

    connectedCallback() {
        this.#before = document.activeElement;
        const dialog = this.closest("dialog");
        if (dialog && !dialog.open) dialog.showModal();
    }

    disconnectedCallback() {
        comeBackTo(this.#before, null, () => document.querySelector("triage-board")?.goOn());
    }
}

/** The triage board: cards go from lane to lane by mouse, by keys and by menu; each ends in one "boardmove" event. */
class TriageBoard extends HTMLElement {
    #dragged = null;
    #chosen = null;
    #last = null;
    #place = null;
    #watcher = new MutationObserver(() => this.#changed());
    #seen = new IntersectionObserver(entries => this.#markSeen(entries), { threshold: 0.6 });

    connectedCallback() {
        for (const type of ["dragstart", "dragover", "dragleave", "dragend", "drop", "keydown", "click", "focusin", "pointerdown"]) {
            this.addEventListener(type, this);
        }
        this.#watcher.observe(this, { childList: true, subtree: true });
        this.#changed();
    }

    disconnectedCallback() {
        this.#watcher.disconnect();
        this.#seen.disconnect();
    }

    handleEvent(event) {
        this[`on_${event.type}`](event);
    }

    on_dragstart(event) {
        const card = cardOf(event.target);
        if (!card) return;
        this.#dragged = card;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", card.getAttribute("aria-label"));
        card.classList.add("dragged");
    }

    on_dragover(event) {
        const lane = this.#laneFor(event.target);
        this.#mark(lane);
        if (!lane) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "move";
    }

    on_dragleave(event) {
        if (!this.contains(event.relatedTarget)) this.#mark(null);
    }

    on_drop(event) {
        const lane = this.#laneFor(event.target);
        if (!lane) return;
        event.preventDefault();
        this.#move(this.#dragged, lane.dataset.severity);
    }

    on_dragend() {
        this.#dragged?.classList.remove("dragged");
        this.#dragged = null;
        this.#mark(null);
    }

    on_keydown(event) {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.target.closest("[role=menu]")) return this.#menuKey(event);
        const card = event.target;
        if (!card.matches("article.ticket, ul.lane-cards")) return;
        const isCard = card.matches("article");
        if (goFrom(card, event.key)) event.preventDefault();
        if (!isCard || event.defaultPrevented) return;
        if (["1", "2", "3"].includes(event.key)) this.#move(card, event.key);
        else if (event.key === "Enter") card.querySelector("a").click();
        else if (event.key === "m") this.#openMenu(card.querySelector("[data-move]"));
        else return;
        event.preventDefault();
    }

    on_click(event) {
        const move = event.target.closest("[data-move]");
        if (move) return this.#openMenu(move);
        const item = event.target.closest("[role=menuitem]");
        if (item) {
            this.#menu.hidePopover();
            return this.#move(this.#chosen, item.dataset.severity);
        }
        const lane = event.target.closest(".lane-switch [data-lane]")?.dataset.lane;
        if (lane) this.querySelectorAll(".lane")[lane].scrollIntoView({ inline: "start", block: "nearest", behavior: "smooth" });
    }

    on_focusin(event) {
        // What holds the focus for a card that is gone is no place of its own.
        if (event.target.matches("ul.lane-cards") && this.#last && !this.#last.isConnected) return;
        this.#last = cardOf(event.target) ? event.target : null;
        this.#remember();
    }

    on_pointerdown(event) {
        if (!cardOf(event.target)) this.#last = null; // Somewhere else, and so on purpose.
    }

    /** Goes on with the card that stands where the last one stood: the last one is not to be seen any more. */
    goOn() {
        const { lane, row } = this.#place ?? {};
        if (lane?.isConnected && lane.draws(Math.min(row, lane.count - 1))) lane.goTo(row);
    }

    #remember() {
        const lane = this.#last?.isConnected && this.#last.closest("board-lane");
        if (lane) this.#place = { lane, row: lane.rowOf(this.#last) };
    }

    get #menu() {
        return this.querySelector("[role=menu]");
    }

    #openMenu(button) {
        this.#chosen = cardOf(button);
        const menu = this.#menu;
        const from = this.#chosen.closest(".lane").dataset.severity;
        for (const item of menu.children) item.hidden = item.dataset.severity === from;
        menu.showPopover();
        const [at, own] = [button.getBoundingClientRect(), menu.getBoundingClientRect()];
        menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - own.width - 8))}px`;
        menu.style.top = `${at.bottom + own.height + 8 > innerHeight ? at.top - own.height - 4 : at.bottom + 4}px`;
        menu.querySelector("[role=menuitem]:not([hidden])").focus();
    }

    #menuKey(event) {
        const items = [...this.#menu.querySelectorAll("[role=menuitem]:not([hidden])")];
        const at = items.indexOf(document.activeElement);
        const number = items.find(item => item.dataset.severity === event.key);
        if (number) number.click();
        else if (event.key === "ArrowDown") items[(at + 1) % items.length].focus();
        else if (event.key === "ArrowUp") items[(at + items.length - 1) % items.length].focus();
        else return;
        event.preventDefault();
    }

    /** The lane under the pointer, if what is dragged may go there: not where it is, and never back to Triage. */
    #laneFor(target) {
        const lane = this.#dragged && target.closest(".lane[data-severity]");
        return lane && lane !== this.#dragged.closest(".lane") ? lane : null;
    }

    #mark(lane) {
        for (const other of this.querySelectorAll(".lane.drop-here")) {
            if (other !== lane) other.classList.remove("drop-here");
        }
        lane?.classList.add("drop-here");
    }

    #move(card, severity) {
        if (!card || card.closest(".lane")?.dataset.severity === severity) return;
        card.focus({ preventScroll: true });
        this.dispatchEvent(new CustomEvent("boardmove", {
            bubbles: true,
            detail: { ticket: Number(card.id.replace("ticket-", "")), severity: Number(severity) },
        }));
    }

    #changed() {
        for (const lane of this.querySelectorAll(".lane")) this.#seen.observe(lane);
        // The change may have replaced the very card that had the focus, here or in another lane.
        if (this.#last && !this.#last.isConnected && document.activeElement === document.body) {
            const list = this.#place?.lane.list;
            list?.focus({ preventScroll: true });
            comeBackTo(this.#last, list, () => this.goOn());
        }
        this.#remember();
    }

    #markSeen(entries) {
        const lanes = [...this.querySelectorAll(".lane")];
        for (const entry of entries) {
            const button = this.querySelectorAll(".lane-switch [data-lane]")[lanes.indexOf(entry.target)];
            if (entry.isIntersecting) button?.setAttribute("aria-current", "true");
            else button?.removeAttribute("aria-current");
        }
    }
}

function cardOf(target) {
    return target instanceof Element ? target.closest("article.ticket") : null;
}

/** Leads the focus from a card, or from the lane that holds it for one; answers whether the key does so. */
function goFrom(element, key) {
    const lane = element.closest("board-lane");
    const row = lane.rowOf(element);
    const beside = { ArrowLeft: "previousElementSibling", ArrowRight: "nextElementSibling" }[key];
    const to = {
        ArrowUp: row - 1, ArrowDown: element.matches("article") ? row + 1 : row,
        PageUp: row - lane.page, PageDown: row + lane.page,
        Home: 0, End: lane.count - 1,
    }[key];
    if (to !== undefined) lane.goTo(to);
    if (!beside) return to !== undefined;
    let next = lane[beside];
    while (next?.matches("board-lane") && next.count === 0) next = next[beside];
    if (next?.matches("board-lane")) next.goTo(next.rowAt(Math.max(0, lane.placeOf(row))));
    return true;
}

/** Ctrl+Enter sends what is being written. Blazor hears of the text by its change event, which leaving the field would raise. */
document.addEventListener("keydown", event => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches?.("textarea[data-send]")) return;
    event.preventDefault();
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
    event.target.form.requestSubmit();
});

if (!customElements.get("triage-board")) {
    Blazor.registerCustomEventType("boardmove", { createEventArgs: event => event.detail });
    customElements.define("open-modal", OpenModal);
    customElements.define("triage-board", TriageBoard);
}
