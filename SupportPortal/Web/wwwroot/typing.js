// Says that somebody types: <textarea data-version="7" data-seen="5"> raises "typing" when a text is begun and every few seconds while keys
// are pressed. It carries the version of the ticket (data-version) that was on screen at the beginning, which the portal may have
// left behind when it hears of the text. Once the portal knows it, it says so (data-seen).

const pause = 3_000;
const begun = new WeakMap(); // By box: the version on screen when its text was begun.
const said = new WeakMap(); // By box: when it was said last.

function boxOf(event) {
    return event.target.matches?.("textarea[data-version]") ? event.target : null;
}

function say(box) {
    said.set(box, performance.now());
    const seen = Number(begun.get(box) ?? box.dataset.version);
    box.dispatchEvent(new CustomEvent("typing", { bubbles: true, detail: { seen } }));
}

document.addEventListener("beforeinput", event => {
    const box = boxOf(event);
    if (box?.value === "") begun.set(box, box.dataset.version);
});

document.addEventListener("input", event => {
    const box = boxOf(event);
    if (box && box.value !== "" && !(performance.now() - said.get(box) < pause)) say(box);
});

// The text itself goes to the portal with a change, and what was on screen goes before it: Blazor listens at the document, this at the window.
window.addEventListener("change", event => {
    const box = boxOf(event);
    if (box && box.value !== "" && !box.dataset.seen) say(box);
}, { capture: true });

Blazor.registerCustomEventType("typing", { createEventArgs: event => event.detail });
