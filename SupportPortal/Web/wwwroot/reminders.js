// <reminder-voice said="3" headline="…" about="…" href="…">: when said grows, this tab speaks of a reminder: with a sound and a desktop
// notification, where the person allowed them in this browser. It also tells which of a person's tabs is looked at: that one speaks.
// <reminder-choices>: the two switches, kept in this browser.

const isOn = what => localStorage.getItem(`reminders:${what}`) === "on";
const mayNotify = () => "Notification" in window && Notification.permission === "granted";

class ReminderVoice extends HTMLElement {
    static observedAttributes = ["said"];

    #look = () => this.dispatchEvent(new CustomEvent("reminderlook", { bubbles: true, detail: { isVisible: !document.hidden } }));

    connectedCallback() {
        document.addEventListener("visibilitychange", this.#look);
        window.addEventListener("focus", this.#look);
        if (document.hidden) setTimeout(this.#look); // Opened behind another, which goes on speaking: said once Blazor listens.
    }

    disconnectedCallback() {
        document.removeEventListener("visibilitychange", this.#look);
        window.removeEventListener("focus", this.#look);
    }

    attributeChangedCallback(_, before, now) {
        if (before === now || Number(now) === 0) return;
        queueMicrotask(() => this.#speak()); // When Blazor has set the other attributes too.
    }

    #speak() {
        if (isOn("sound")) ring();
        if (!isOn("desktop") || !mayNotify()) return;
        let notification;
        try {
            notification = new Notification(this.getAttribute("headline"), { body: this.getAttribute("about"), tag: `reminder-${this.getAttribute("said")}-${performance.timeOrigin}` });
        } catch {
            return; // Some phones only let a service worker notify: the toast and the count are there all the same.
        }
        notification.addEventListener("click", () => {
            window.focus();
            document.location.assign(this.getAttribute("href"));
        });
    }
}

/** Two soft notes; nothing to download. */
function ring() {
    const audio = new AudioContext();
    for (const [tone, start] of [[660, 0], [880, .16]]) {
        const [note, volume] = [audio.createOscillator(), audio.createGain()];
        note.frequency.value = tone;
        volume.gain.setValueAtTime(0, audio.currentTime + start);
        volume.gain.linearRampToValueAtTime(.15, audio.currentTime + start + .02);
        volume.gain.exponentialRampToValueAtTime(.001, audio.currentTime + start + .35);
        note.connect(volume).connect(audio.destination);
        note.start(audio.currentTime + start);
        note.stop(audio.currentTime + start + .4);
    }
    setTimeout(() => audio.close(), 1_000);
}

class ReminderChoices extends HTMLElement {
    connectedCallback() {
        this.addEventListener("change", this);
        this.#show();
    }

    disconnectedCallback() {
        this.removeEventListener("change", this);
    }

    async handleEvent(event) {
        const { name, checked } = event.target;
        if (name === "desktop" && checked && !mayNotify() && "Notification" in window) await Notification.requestPermission();
        const on = checked && (name !== "desktop" || mayNotify());
        localStorage.setItem(`reminders:${name}`, on ? "on" : "off");
        if (name === "sound" && on) ring();
        this.#show();
    }

    #show() {
        for (const box of this.querySelectorAll("input[type=checkbox]")) box.checked = isOn(box.name) && (box.name !== "desktop" || mayNotify());
        const refused = this.querySelector("[data-refused]");
        if (refused) refused.hidden = !("Notification" in window) || Notification.permission !== "denied";
    }
}

if (!customElements.get("reminder-voice")) {
    Blazor.registerCustomEventType("reminderlook", { createEventArgs: event => event.detail });
    customElements.define("reminder-voice", ReminderVoice);
    customElements.define("reminder-choices", ReminderChoices);
}
