// <sla-countdown due="2026-05-04T12:00:00Z" since="…" prefix="First response" state="running">: ticks in the browser off one shared
// timer. It owns its shadow root only, never a node that Blazor rendered; the light-DOM text is what shows without script.

const second = 1_000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;

/** How long, as one reads it on a clock: seconds under ten minutes, minutes under two days. Web/Tickets/DueWords.cs says the same. */
export function lengthInWords(milliseconds) {
    if (milliseconds >= 2 * day) return `${Math.floor(milliseconds / day)} d ${Math.floor(milliseconds % day / hour)} h`;
    if (milliseconds >= hour) return `${Math.floor(milliseconds / hour)} h ${Math.floor(milliseconds % hour / minute)} min`;
    return `${Math.floor(milliseconds / minute)} min`;
}

/** What is left until the due instant, or how far it has passed. The due instant itself is still kept. */
export function leftInWords(left) {
    if (left < 0) return -left < minute ? `overdue by ${Math.max(1, Math.floor(-left / second))} s` : `overdue by ${lengthInWords(-left)}`;
    if (left >= 10 * minute) return lengthInWords(left);
    const seconds = Math.ceil(left / second);
    return seconds === 600 ? "10 min" : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** calm, soon (half of the time is left), urgent (a quarter is left), overdue: the policy's own reminder thresholds. */
export function urgencyOf(left, whole) {
    if (left < 0) return "overdue";
    if (whole > 0) return left <= whole / 4 ? "urgent" : left <= whole / 2 ? "soon" : "calm";
    return left <= 15 * minute ? "urgent" : left <= hour ? "soon" : "calm";
}

/** The server's time, whatever the visitor's clock says: told in the page's head, carried on by the monotonic clock. */
class ServerClock {
    #at = Date.now();
    #mark = performance.now();
    #wallAhead = Date.now() - performance.now();
    #asking = false;

    constructor() {
        const told = Date.parse(document.querySelector('meta[name="server-time"]')?.content ?? "");
        if (Number.isNaN(told)) return;
        this.#at = told;
        // The answer began to arrive just after the server had read its clock; scripts run later.
        this.#mark = performance.getEntriesByType("navigation")[0]?.responseStart || performance.now();
    }

    now() {
        return this.#at + performance.now() - this.#mark;
    }

    /** The monotonic clock may stand still while the machine sleeps; then the wall clock gets ahead of it. */
    noticeSleep() {
        const ahead = Date.now() - performance.now();
        if (Math.abs(ahead - this.#wallAhead) < 2 * second) return;
        // Most likely a sleep; whether it was, or somebody set the clock, the server tells.
        if (ahead > this.#wallAhead) this.#at += ahead - this.#wallAhead;
        this.#wallAhead = ahead;
        this.ask();
    }

    async ask() {
        if (this.#asking) return;
        this.#asking = true;
        try {
            const sent = performance.now();
            const answer = await fetch("/health/live", { method: "HEAD", cache: "no-store" });
            const received = performance.now();
            const exact = Date.parse(answer.headers.get("Server-Time") ?? "");
            const told = Number.isNaN(exact) ? Date.parse(answer.headers.get("Date") ?? "") + second / 2 : exact;
            if (Number.isNaN(told)) return;
            this.#at = told;
            this.#mark = (sent + received) / 2;
            tick();
        } catch {
            // Offline: what is known goes on, and the next wake-up asks again.
        } finally {
            this.#asking = false;
        }
    }
}

const serverClock = new ServerClock();
const shown = new Set();
let timer = 0;
let hiddenSince = 0;

function tick() {
    clearTimeout(timer);
    timer = 0;
    if (shown.size === 0 || document.hidden) return;
    serverClock.noticeSleep();
    const now = serverClock.now();
    for (const countdown of shown) countdown.show(now);
    timer = setTimeout(tick, second - now % second + 5);
}

document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
        hiddenSince = performance.now();
    } else {
        tick();
        if (performance.now() - hiddenSince > minute) serverClock.ask();
    }
});
window.addEventListener("pageshow", event => event.persisted && serverClock.ask());

const style = new CSSStyleSheet();
style.replaceSync(`
    :host { display: inline-block; font-variant-numeric: tabular-nums; white-space: nowrap; }
    :host([hidden]) { display: none; }
    span { color: var(--ink-soft, inherit); }
    .soon { color: var(--high-ink, inherit); }
    .urgent { color: var(--critical-ink, inherit); font-weight: 600; }
    .overdue { color: var(--critical-ink, inherit); font-weight: 600; }
`);

const stillWords = { paused: "paused", met: "met", cancelled: "cancelled", owed: "owed" };

class SlaCountdown extends HTMLElement {
    static observedAttributes = ["due", "since", "prefix", "state"];

    #internals = this.attachInternals();
    #text = document.createElement("span");
    #fallback = document.createElement("slot");
    #due = NaN;
    #whole = NaN;
    #still = null;
    #prefix = "";

    constructor() {
        super();
        const root = this.attachShadow({ mode: "open" });
        root.adoptedStyleSheets = [style];
        root.append(this.#text, this.#fallback);
    }

    connectedCallback() {
        if (!this.hasAttribute("role")) this.setAttribute("role", "timer");
        this.#read();
        shown.add(this);
        this.show(serverClock.now());
        if (timer === 0) tick();
    }

    disconnectedCallback() {
        shown.delete(this);
    }

    attributeChangedCallback() {
        if (!this.isConnected) return;
        this.#read();
        this.show(serverClock.now());
    }

    #read() {
        this.#due = Date.parse(this.getAttribute("due") ?? "");
        this.#whole = this.#due - Date.parse(this.getAttribute("since") ?? "");
        this.#still = stillWords[this.getAttribute("state")] ?? null;
        this.#prefix = this.getAttribute("prefix") ?? "";
        this.#text.title = Number.isNaN(this.#due) ? "" : new Date(this.#due).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
    }

    show(now) {
        if (this.#still !== null) return this.#put(`${this.#prefix} ${this.#still}`.trim(), "calm");
        if (Number.isNaN(this.#due)) return this.#put("", "calm");
        const left = this.#due - now;
        const words = leftInWords(left);
        this.#put(this.#prefix === "" ? words : `${this.#prefix} ${left < 0 ? words : `due in ${words}`}`, urgencyOf(left, this.#whole));
    }

    #put(words, urgency) {
        if (this.#text.textContent !== words) {
            this.#text.textContent = words;
            this.#fallback.hidden = words !== "";
        }
        if (this.#text.className === urgency) return;
        this.#text.className = urgency;
        this.#text.part = `text ${urgency}`;
        this.#internals.states?.clear();
        this.#internals.states?.add(urgency);
    }
}

if (!customElements.get("sla-countdown")) customElements.define("sla-countdown", SlaCountdown);
