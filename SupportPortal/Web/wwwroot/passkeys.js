// <form data-passkey="/account/passkey-options/show">: its submit button has the browser make a passkey, or show one, and sends what
// comes of it in the form's field "….Credential". Where the browser knows no passkeys the form stays hidden.

const known = typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function" && typeof navigator.credentials?.create === "function";

async function optionsFor(form) {
    const answer = await fetch(form.dataset.passkey, { method: "POST", body: new FormData(form) });
    if (answer.ok) return await answer.json();
    const problem = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    throw new Error(problem?.detail ?? "The portal did not answer as it should. Reload the page and try again.");
}

async function obtain(form) {
    const options = await optionsFor(form);
    return options.rp
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

function inWords(failure) {
    return failure.name === "NotAllowedError" ? "Nothing was done: it was cancelled, or took too long."
        : failure.name === "InvalidStateError" ? "This device holds a passkey for your account already."
        : failure.name === "SecurityError" ? "Passkeys do not work under the address by which you opened this portal."
        : failure.message;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
    const problem = form.querySelector("[data-problem]");
    const credential = form.querySelector('input[name$=".Credential"]');
    form.hidden = !known;
    document.querySelector("[data-no-passkeys]")?.toggleAttribute("hidden", known);

    form.addEventListener("submit", async event => {
        event.preventDefault();
        const button = event.submitter ?? form.querySelector("button[type=submit]");
        if (button.ariaBusy === "true") return;
        button.ariaBusy = "true";
        problem.hidden = true;
        try {
            credential.value = JSON.stringify(await obtain(form));
            for (const secret of form.querySelectorAll('input[type="password"]')) secret.disabled = true; // It was asked for before, and is sent once.
            form.submit();
        } catch (failure) {
            problem.textContent = inWords(failure);
            problem.hidden = false;
            button.ariaBusy = "false";
        }
    });
}
