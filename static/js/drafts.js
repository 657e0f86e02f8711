// Keeps what is typed into a form with data-guard on the server, a moment after the last key.
const PAUSE_MS = 1500;
const waiting = new Map();

function say(form, words) {
  let note = form.querySelector(".kept-note");
  if (!note) {
    note = document.createElement("span");
    note.className = "kept-note muted small";
    form.querySelector(".actions")?.append(note);
  }
  note.textContent = words;
}

async function keep(form) {
  waiting.delete(form);
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  body.set("form", new URL(form.action).pathname);
  try {
    const answer = await fetch("/drafts", { method: "POST", body, keepalive: true });
    if (!answer.ok || answer.redirected) return;
    if (!waiting.has(form)) form.dataset.kept = "yes";
    say(form, document.querySelector("#said").dataset.kept);
  } catch {
    // Offline: the words stay in the field, and the page still warns before it is left.
  }
}

function stop(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
}

function changed(form) {
  delete form.dataset.kept;
  stop(form);
  waiting.set(form, setTimeout(keep, PAUSE_MS, form));
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("form[data-guard]")) changed(form);
});

// What was typed while the page was still loading counts, too.
for (const form of document.querySelectorAll("form[data-guard]")) {
  const early = [...form.elements].some((f) => f.tagName === "TEXTAREA" && f.value !== f.defaultValue);
  if (early) changed(form);
}

document.addEventListener("submit", (event) => stop(event.target), { capture: true });

document.addEventListener("visibilitychange", () => {
  if (document.hidden) for (const form of [...waiting.keys()]) { stop(form); keep(form); }
});
