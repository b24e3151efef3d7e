// <local-time at="2026-05-04T12:00:00Z">4 May, 12:00 UTC</local-time>: the instant in the visitor's own zone. The text inside is for whoever has no script.

const today = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const thisYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const older = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "long" });

class LocalTime extends HTMLElement {
    static observedAttributes = ["at"];

    #text = document.createElement("span");

    constructor() {
        super();
        this.attachShadow({ mode: "open" }).append(this.#text);
    }

    attributeChangedCallback() {
        const at = new Date(this.getAttribute("at") ?? "");
        if (Number.isNaN(at.getTime())) return;
        const now = new Date();
        const format = at.toDateString() === now.toDateString() ? today : at.getFullYear() === now.getFullYear() ? thisYear : older;
        this.#text.textContent = format.format(at);
        this.#text.title = full.format(at);
    }
}

customElements.define("local-time", LocalTime);
