// Single keys that lead to pages; they rest while somebody types, and can be switched off.
const WHERE = { "/": "find", m: "mine", a: "ask", n: "notices", "?": "keys" };
const OFF = "baton-keys-off";

const busy = (element) => element.closest("input, textarea, select, [contenteditable], dialog");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || busy(event.target)) return;
  if (localStorage.getItem(OFF)) return;
  const link = document.querySelector(`[data-key="${WHERE[event.key]}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});

const button = document.querySelector("[data-keys-switch]");
const say = () => {
  const off = localStorage.getItem(OFF);
  button.textContent = off ? button.dataset.on : button.dataset.off;
};
if (button) {
  say();
  button.addEventListener("click", () => {
    if (localStorage.getItem(OFF)) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
    say();
  });
}
