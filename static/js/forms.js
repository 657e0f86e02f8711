// A second click on a sent form does nothing, and a form with data-guard asks before words are lost.
// The server refuses a used key anyway; this only shows that the first click was heard.
const PATIENCE_MS = 10_000;
let leaving = false;

const rest = (form) => form.removeAttribute("aria-busy");

function heard(event) {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.setAttribute("aria-busy", "true");
  setTimeout(rest, PATIENCE_MS, form);
}

const typed = (field) =>
  "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue;

const hasWords = () =>
  [...document.querySelectorAll("form[data-guard]:not([data-kept])")].some((form) =>
    [...form.elements].some(typed),
  );

document.addEventListener("submit", heard, { capture: true });

// When nobody took the submit over, the page itself is being left, and the words with it.
document.addEventListener("submit", (event) => {
  leaving = !event.defaultPrevented;
});

document.addEventListener("htmx:finally:request", () => {
  document.querySelectorAll("form[aria-busy]").forEach(rest);
});

// Files that were kept on the server at once must not be sent a second time with the words.
document.addEventListener("htmx:after:request", ({ target }) => {
  if (target.matches?.("input[type=file][hx-post]")) target.value = "";
});

addEventListener("pageshow", () => {
  leaving = false;
  document.querySelectorAll("form[aria-busy]").forEach(rest);
});

addEventListener("beforeunload", (event) => {
  if (!leaving && hasWords()) event.preventDefault();
});
