// When a form and its part of the page are replaced, whoever sent it stays where they were, and
// hears what came of it: a region that is replaced itself is not read out.
let sent = null;

document.addEventListener("htmx:before:swap", ({ detail }) => {
  const source = detail.ctx?.sourceElement;
  sent = source?.matches?.("form[data-done]") ? source : sent;
});

document.addEventListener("htmx:after:swap", () => {
  if (!sent || sent.isConnected) return;
  const fresh = document.getElementById(sent.id);
  if (!fresh) {
    // Another page came: whoever was signed out meanwhile stands at the door.
    document.querySelector("#main").focus();
    sent = null;
    return;
  }
  const wrong = fresh.querySelector("[aria-invalid=true]");
  const error = wrong && fresh.querySelector(".field-error")?.textContent;
  document.querySelector("#said").textContent = error || sent.dataset.done;
  sent = null;
  if (document.activeElement !== document.body) return;
  (wrong ?? fresh.querySelector("textarea"))?.focus();
});
