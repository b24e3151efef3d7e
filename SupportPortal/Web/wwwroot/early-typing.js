// Text typed into a prerendered page before it is live: Blazor puts new fields in the place of the old ones, and this puts the text into
// them. Fields beside a <draft-keeper> are kept by that. A page says that it is live by data-live, which only the circuit renders.

const typed = new Map(); // By the field's id.

const isLive = () => document.querySelector("[data-live]") !== null;

document.addEventListener("input", event => {
    const field = event.target;
    if (!field.id || isLive() || field.form?.querySelector("draft-keeper")) return;
    typed.set(field.id, field);
    replaced.observe(document.body, { childList: true, subtree: true });
});

const replaced = new MutationObserver(() => {
    if (!isLive()) return;
    replaced.disconnect();
    for (const [id, before] of typed) {
        const field = document.getElementById(id);
        if (!field || field === before) continue;
        field.value = before.value;
        field.dispatchEvent(new Event("change", { bubbles: true }));
        refocus(field);
        setTimeout(() => refocus(field), 200); // Blazor leads the focus to the heading meanwhile.
    }
    typed.clear();
});

/** Whoever was typing goes on in the field that took the old one's place. */
function refocus(field) {
    if (field.isConnected && ["BODY", "H1"].includes(document.activeElement?.tagName)) field.focus({ preventScroll: true });
}
