// <draft-keeper draft="new-request" owner="…" kept="3"> inside a form: text that the portal has not confirmed stays in this browser.
// The portal hears of a field a second after typing stops (a change event, as when the field is left) and counts kept up when it has
// stored it. What was typed before the page was live, or while the connection was gone, is put back or offered back.

const pause = 1_000;
const thisPage = new Map(); // Copies made since this document was loaded, by key: put back without asking.
const latest = new Map(); // By key: the element that was there last.

const style = new CSSStyleSheet();
style.replaceSync(`
    :host { display: block; }
    :host(:not(:state(offering))) { display: none; }
    div { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s3); padding: var(--s2) var(--s3); border: 1px solid var(--high-line); border-radius: var(--radius-m); background: var(--high-wash); color: var(--high-ink); font-size: var(--text-s); }
    p { flex: 1 1 16rem; margin: 0; }
    button { min-height: 1.75rem; padding: 0 .625rem; border: 1px solid var(--line-strong); border-radius: var(--radius-m); background: var(--raised); color: var(--ink); font: 500 var(--text-s) / 1.4 var(--font); cursor: pointer; }
    button:hover { background: var(--hover); }
    button:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
`);

function fieldsOf(form) {
    return [...form.elements].filter(field => field.name && !field.name.startsWith("__") && field.type !== "file" && field.type !== "submit" && field.type !== "button");
}

function valuesOf(form) {
    const values = {};
    for (const field of fieldsOf(form)) {
        if (field.type === "radio") {
            if (field.checked) values[field.name] = field.value;
        } else {
            values[field.name] = field.value;
        }
    }
    return values;
}

class DraftKeeper extends HTMLElement {
    static observedAttributes = ["kept"];

    #internals = this.attachInternals();
    #listening = null;
    #timer = 0;
    #unsent = new Set();
    #last = new WeakMap(); // What was typed here last, by field: another window of this browser may have written the stored copy.
    #submitted = false;
    #beginning = 0;

    constructor() {
        super();
        const root = this.attachShadow({ mode: "open" });
        root.adoptedStyleSheets = [style];
        root.innerHTML = `<div role="status"><p>This browser has text that had not reached the portal.</p><button type="button" name="restore">Restore it</button><button type="button" name="discard">Discard it</button></div>`;
        root.addEventListener("click", event => {
            const choice = event.target.closest("button")?.name;
            if (choice === "restore") this.#restore(this.#stored());
            else if (choice === "discard") this.#forget();
        });
    }

    get #key() {
        return `draft:${this.getAttribute("owner")}:${this.getAttribute("draft")}`;
    }

    connectedCallback() {
        // The fields beside it may come a moment later, when Blazor replaces what was prerendered.
        this.#beginning = setTimeout(() => this.begin());
    }

    /** Puts back what was typed before the page was live, at once rather than in a moment: somebody submits already. */
    begin() {
        if (this.#beginning === 0) return;
        clearTimeout(this.#beginning);
        this.#beginning = 0;
        if (this.isConnected) this.#begin();
    }

    disconnectedCallback() {
        clearTimeout(this.#timer);
        if (!this.#submitted) return;
        thisPage.delete(this.#key);
        localStorage.removeItem(this.#key);
    }

    /** The portal has stored what it heard. */
    attributeChangedCallback(_, before) {
        if (before === null) return;
        if (this.#unsent.size === 0) this.#forget();
        else queueMicrotask(() => this.#putBack()); // When Blazor has done with the fields.
    }

    /** Cleared away with what was sent, though it was typed since. */
    #putBack() {
        for (const field of this.#unsent) {
            const typed = this.#last.get(field);
            if (field.type !== "radio" && typed !== undefined && field.value !== typed) field.value = typed;
        }
    }

    #begin() {
        const form = this.closest("form");
        if (!form) return;
        const isFirst = !latest.has(this.#key);
        latest.set(this.#key, this);
        this.#listening?.abort();
        this.#listening = new AbortController();
        const { signal } = this.#listening;
        form.addEventListener("input", event => this.#typed(event.target), { signal });
        form.addEventListener("change", event => event.isTrusted && this.#heard(event.target), { signal });
        form.addEventListener("submit", () => {
            this.#tell();
            this.#submitted = true;
        }, { signal, capture: true });
        // Blazor tells its dialog, and nobody above it.
        document.getElementById("components-reconnect-modal")?.addEventListener("components-reconnect-state-changed",
            event => event.detail?.state === "hide" && this.#tellAll(), { signal });

        // Typed before anybody listened.
        const early = isFirst ? fieldsOf(form).filter(field => field.type !== "radio" && field.defaultValue !== undefined && field.value !== field.defaultValue) : [];
        if (early.length > 0) return early.forEach(field => this.#typed(field));

        const copy = this.#stored();
        if (!copy || !this.#differs(copy)) return this.#forget();
        if (!thisPage.has(this.#key)) return this.#internals.states.add("offering");
        this.#restore(copy);
        this.#refocus(thisPage.get(this.#key));
        setTimeout(() => this.#refocus(thisPage.get(this.#key)), pause / 5); // Blazor leads the focus to the heading meanwhile.
    }

    #typed(field) {
        const form = this.closest("form");
        if (!form || !fieldsOf(form).includes(field)) return;
        this.#submitted = false;
        this.#unsent.add(field);
        this.#last.set(field, field.value);
        this.#internals.states.delete("offering");
        thisPage.set(this.#key, { name: field.name, at: performance.now() });
        localStorage.setItem(this.#key, JSON.stringify(valuesOf(form)));
        // Typed into what is just being replaced: its successor takes it over.
        if (!this.isConnected) return latest.get(this.#key)?.isConnected && latest.get(this.#key).#restore(this.#stored());
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#tell(), pause);
    }

    /** The browser itself said that the field changed; Blazor hears that. */
    #heard(field) {
        this.#unsent.delete(field);
    }

    #tell() {
        clearTimeout(this.#timer);
        for (const field of this.#unsent) {
            if (field.isConnected) field.dispatchEvent(new Event("change", { bubbles: true }));
        }
        this.#unsent.clear();
    }

    /** After a cut: what was said meanwhile was heard by nobody. */
    #tellAll() {
        const form = this.closest("form");
        if (!form || !this.#stored()) return;
        for (const field of fieldsOf(form)) {
            if (field.type !== "radio" || field.checked) this.#unsent.add(field);
        }
        this.#tell();
    }

    #restore(copy) {
        this.#internals.states.delete("offering");
        const form = this.closest("form");
        if (!copy || !form) return;
        for (const field of fieldsOf(form)) {
            if (field.type === "radio") {
                if (field.value !== copy[field.name] || field.checked) continue;
                field.checked = true;
            } else {
                if (copy[field.name] === undefined || field.value === copy[field.name]) continue;
                field.value = copy[field.name];
            }
            this.#unsent.add(field);
        }
        this.#tell();
    }

    /** Whoever was typing goes on in the field that took the old one's place. */
    #refocus(typed) {
        const field = typed && performance.now() - typed.at < 3 * pause ? this.closest("form")?.elements[typed.name] : null;
        if (field instanceof HTMLElement && ["BODY", "H1"].includes(document.activeElement?.tagName)) field.focus({ preventScroll: true });
    }

    #differs(copy) {
        const form = this.closest("form");
        const values = valuesOf(form);
        return Object.entries(copy).some(([name, value]) => value !== "" && values[name] !== value && form.elements[name]);
    }

    #stored() {
        try {
            return JSON.parse(localStorage.getItem(this.#key) ?? "null");
        } catch {
            return null;
        }
    }

    #forget() {
        this.#internals.states.delete("offering");
        thisPage.delete(this.#key);
        localStorage.removeItem(this.#key);
    }
}

customElements.define("draft-keeper", DraftKeeper);

// Before Blazor hears of it: on a busy machine a click is handled before a timer that was due.
addEventListener("submit", event => event.target.querySelector("draft-keeper")?.begin(), { capture: true });
