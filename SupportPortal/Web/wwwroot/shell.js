// The frame's few behaviours. Listeners sit on the document, because Blazor comes and goes beneath it.

const choices = [
    ["system", "As the system says", '<rect x="2" y="3" width="12" height="8" rx="1"/><path d="M6 13.5h4"/>'],
    ["light", "Light", '<circle cx="8" cy="8" r="2.8"/><path d="M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M12.6 3.4l-1.1 1.1M4.5 11.5l-1.1 1.1"/>'],
    ["dark", "Dark", '<path d="M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z"/>'],
];

const style = new CSSStyleSheet();
style.replaceSync(`
    :host { display: block; }
    div { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2px; padding: 2px; border-radius: var(--radius-m); background: var(--sunken); }
    button { display: grid; place-items: center; height: 1.625rem; padding: 0 .5rem; border: 0; border-radius: var(--radius-s); background: none; color: var(--ink-soft); cursor: pointer; }
    button:hover { color: var(--ink); }
    button[aria-pressed="true"] { background: var(--raised); box-shadow: var(--shadow-s); color: var(--ink); }
    button:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
    svg { width: 1rem; height: 1rem; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
`);

/** Light, dark, or as the system says. The choice is a cookie, so that the server's first byte already has it. */
class ThemeSwitch extends HTMLElement {
    connectedCallback() {
        if (this.shadowRoot) return;
        const root = this.attachShadow({ mode: "open" });
        root.adoptedStyleSheets = [style];
        root.innerHTML = `<div role="group" aria-label="Theme">${choices.map(([name, label, path]) =>
            `<button type="button" name="${name}" aria-label="${label}" title="${label}"><svg viewBox="0 0 16 16" aria-hidden="true">${path}</svg></button>`).join("")}</div>`;
        root.addEventListener("click", event => {
            const choice = event.target.closest("button")?.name;
            if (choice) chooseTheme(choice);
        });
        this.press();
    }

    press() {
        const chosen = document.documentElement.dataset.theme ?? "system";
        for (const button of this.shadowRoot.querySelectorAll("button")) button.ariaPressed = String(button.name === chosen);
    }
}

function chooseTheme(choice) {
    if (choice === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    document.cookie = `theme=${choice}; path=/; samesite=lax; max-age=${choice === "system" ? 0 : 31_536_000}`;
    for (const other of document.querySelectorAll("theme-switch")) other.press();
}

customElements.define("theme-switch", ThemeSwitch);

document.addEventListener("click", event => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[data-skip-to]")) {
        const content = document.getElementById(target.closest("[data-skip-to]").dataset.skipTo);
        content?.setAttribute("tabindex", "-1");
        content?.focus();
    }

    // A link in a menu goes to another page of the same document: the menu would stay open over it.
    target?.closest("[popover] a")?.closest("[popover]").hidePopover();
});
