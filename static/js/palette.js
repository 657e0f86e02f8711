// Ctrl+K opens a dialog that leads anywhere; arrows walk its links. Without it, /go is a page.
const dialog = document.getElementById("palette");
const field = dialog?.querySelector("input[type=search]");
const links = () => [...dialog.querySelectorAll(".go-list a")];

function open() {
  if (dialog.open) return;
  dialog.showModal();
  field.select();
  field.dispatchEvent(new Event("input", { bubbles: true })); // asks for what fits
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [field, ...links()];
  const next = stops.indexOf(document.activeElement) + step;
  stops[(next + stops.length) % stops.length].focus();
}

if (dialog) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    open();
  });
  dialog.addEventListener("keydown", walk);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside it
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    const [first] = links();
    if (!first) return;
    event.preventDefault();
    first.click();
  });
}
