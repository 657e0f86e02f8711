// Says so when an answer fails to arrive; what was typed stays where it is.
const OFFLINE = "No connection just now. What you typed is still here; please try again in a moment.";
const BROKEN = "Sorry, that did not work on our side. What you typed is still here; please try again.";

function show(words) {
  const region = document.querySelector("#toasts");
  if ([...region.children].some((toast) => toast.firstChild.textContent === words)) return;
  const toast = document.createElement("div");
  const text = document.createElement("p");
  const close = document.createElement("button");
  toast.className = "toast";
  text.textContent = words;
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => toast.remove());
  toast.append(text, close);
  region.append(toast);
}

document.addEventListener("htmx:response:error", (event) => {
  // A 4xx answer is swapped in and speaks for itself.
  if (event.detail.ctx.response.status >= 500) show(BROKEN);
});

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx) show(OFFLINE);
});
