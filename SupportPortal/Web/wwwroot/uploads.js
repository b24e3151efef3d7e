// <file-drop draft="new-request" most="26214400">: files chosen, dropped or pasted go to the portal at once, by HTTP, each with its
// progress. It owns its shadow root only; when a file has arrived it presses the button [data-arrived] and the page lists what is there.

const style = new CSSStyleSheet();
style.replaceSync(`
    :host { display: block; }
    .drop { display: grid; gap: var(--s2); padding: var(--s3) var(--s4); border: 1px dashed var(--line-strong); border-radius: var(--radius-m); background: var(--surface); transition: background-color var(--quick), border-color var(--quick); }
    .drop.over { border-color: var(--accent); background: var(--accent-wash); }
    ul { display: grid; gap: var(--s1); margin: 0; padding: 0; list-style: none; font-size: var(--text-s); }
    :is(ul, p):empty { display: none; }
    p { margin: 0; font-size: var(--text-s); color: var(--ink-soft); }
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 var(--s3); align-items: center; padding: var(--s1) 0; }
    .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .problem { color: var(--critical-ink); white-space: normal; overflow-wrap: anywhere; }
    progress { grid-column: 1 / -1; width: 100%; height: 4px; accent-color: var(--accent); }
    button { min-height: 1.75rem; padding: 0 .5rem; border: 0; border-radius: var(--radius-m); background: none; color: var(--ink-soft); font: 500 var(--text-s) / 1.4 var(--font); cursor: pointer; }
    button:hover { background: var(--hover); color: var(--ink); }
    button:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
`);

const atOnce = 2;
const handover = 10_000;
const latest = new Map(); // By draft: the element that was there last.

function inWords(bytes) {
    return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, "")} MB`;
}

function token() {
    return document.querySelector('#sign-out input[name="__RequestVerificationToken"]')?.value ?? "";
}

class FileDrop extends HTMLElement {
    static observedAttributes = ["files"];

    #list = document.createElement("ul");
    #drop = document.createElement("div");
    #waiting = [];
    #running = 0;
    #gone = 0;
    #listening = null;
    #held = null;
    #note = document.createElement("p");

    constructor() {
        super();
        const root = this.attachShadow({ mode: "open" });
        root.adoptedStyleSheets = [style];
        this.#drop.className = "drop";
        this.#drop.part = "drop";
        this.#list.setAttribute("aria-live", "polite");
        this.#note.setAttribute("role", "status");
        this.#drop.append(document.createElement("slot"), this.#list, this.#note);
        root.append(this.#drop);

        this.addEventListener("change", event => {
            if (event.target.type !== "file") return;
            this.#take(event.target.files);
            event.target.value = "";
        });
        this.addEventListener("dragover", event => {
            if (!event.dataTransfer.types.includes("Files")) return;
            event.preventDefault();
            this.#drop.classList.add("over");
        });
        this.addEventListener("dragleave", () => this.#drop.classList.remove("over"));
        this.addEventListener("drop", event => {
            event.preventDefault();
            this.#drop.classList.remove("over");
            this.#take(event.dataTransfer.files);
        });
    }

    connectedCallback() {
        // Blazor puts a new element in the place of the prerendered one: what is under way there goes on here.
        const before = latest.get(this.getAttribute("draft"));
        if (before && before !== this && performance.now() - before.#gone < handover) this.#list.append(...before.#list.children);
        latest.set(this.getAttribute("draft"), this);

        this.#listening = new AbortController();
        // A picture pasted into the text of the same form comes along as a file.
        this.closest("form")?.addEventListener("paste", event => {
            if (event.clipboardData.files.length === 0) return;
            event.preventDefault();
            this.#take(event.clipboardData.files);
        }, { signal: this.#listening.signal });

        // Before Blazor, which listens at the document: what is said with a file does not go without it.
        addEventListener("submit", event => {
            if (event.target !== this.closest("form") || !this.#isBusy) return;
            event.preventDefault();
            event.stopImmediatePropagation();
            this.#held = event.target;
            this.#note.textContent = "It is sent as soon as the files are here.";
        }, { capture: true, signal: this.#listening.signal });
    }

    disconnectedCallback() {
        this.#gone = performance.now();
        this.#listening?.abort();
    }

    /** The page lists other files than before. */
    attributeChangedCallback() {
        if (!this.#isBusy) this.#release();
    }

    get #isBusy() {
        return this.#running + this.#waiting.length > 0;
    }

    /** Nothing is sent by itself any more. */
    #letGo(sentence) {
        if (this.#held) this.#note.textContent = sentence;
        this.#held = null;
    }

    #release() {
        const form = this.#held;
        this.#held = null;
        this.#note.textContent = "";
        form?.requestSubmit();
    }

    #take(files) {
        if (!this.#held) this.#note.textContent = "";
        for (const file of files) {
            const line = this.#line(file);
            const most = Number(this.getAttribute("most"));
            if (most > 0 && file.size > most) this.#fail(line, `“${file.name}” is too large: a file may have at most ${inWords(most)}.`);
            else this.#waiting.push({ file, line });
        }
        this.#next();
    }

    #next() {
        while (this.#running < atOnce && this.#waiting.length > 0) this.#send(this.#waiting.shift());
    }

    #send({ file, line }) {
        this.#running++;
        const request = new XMLHttpRequest();
        request.open("POST", `/attachments?draft=${encodeURIComponent(this.getAttribute("draft"))}&name=${encodeURIComponent(file.name)}`);
        request.setRequestHeader("RequestVerificationToken", token());
        request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
        request.setRequestHeader("Content-Type", "application/octet-stream");
        request.upload.addEventListener("progress", event => {
            if (event.lengthComputable) line.progress.value = event.loaded / event.total;
        });
        request.addEventListener("load", () => {
            if (request.status === 201) {
                line.item.remove();
                latest.get(this.getAttribute("draft")).querySelector("[data-arrived]")?.click();
            } else {
                this.#fail(line, sentenceOf(request, file));
            }
        });
        request.addEventListener("error", () => this.#fail(line, `“${file.name}” did not arrive: the connection was lost. Choose it again.`));
        request.addEventListener("abort", () => {
            line.item.remove();
            this.#letGo("");
        });
        request.addEventListener("loadend", () => {
            this.#running--;
            this.#next();
        });
        line.button.addEventListener("click", () => request.abort(), { once: true });
        request.send(file);
    }

    #line(file) {
        const [item, name, progress, button] = ["li", "span", "progress", "button"].map(tag => document.createElement(tag));
        name.className = "name";
        name.textContent = `${file.name} (${inWords(file.size)})`;
        progress.value = 0;
        progress.setAttribute("aria-label", `Uploading ${file.name}`);
        button.type = "button";
        button.textContent = "Cancel";
        button.setAttribute("aria-label", `Cancel ${file.name}`);
        item.append(name, button, progress);
        // The chooser may have been opened before this element was replaced.
        latest.get(this.getAttribute("draft")).#list.append(item);
        return { item, name, progress, button };
    }

    #fail(line, sentence) {
        this.#letGo("It was not sent: a file is missing.");
        line.name.className = "problem";
        line.name.textContent = sentence;
        line.progress.remove();
        const dismiss = line.button.cloneNode();
        dismiss.textContent = "Dismiss";
        dismiss.removeAttribute("aria-label");
        dismiss.addEventListener("click", () => line.item.remove());
        line.button.replaceWith(dismiss);
    }
}

function sentenceOf(request, file) {
    if (request.status === 401) return "You are signed out. Sign in again; what you typed is kept.";
    try {
        return JSON.parse(request.responseText).detail;
    } catch {
        return `“${file.name}” was not taken. Try again.`;
    }
}

customElements.define("file-drop", FileDrop);
