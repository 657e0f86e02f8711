// Says so when an answer fails to arrive; what was typed stays where it is.
// The words stand at the region, in the language of the page.
const region = document.querySelector("#toasts");

function show(words) {
  if ([...region.children].some((toast) => toast.firstChild.textContent === words)) return;
  const toast = document.createElement("div");
  const text = document.createElement("p");
  const close = document.createElement("button");
  toast.className = "toast";
  text.textContent = words;
  close.type = "button";
  close.textContent = region.dataset.close;
  close.addEventListener("click", () => toast.remove());
  toast.append(text, close);
  region.append(toast);
}

document.addEventListener("htmx:response:error", (event) => {
  // A 4xx answer is swapped in and speaks for itself.
  if (event.detail.ctx.response.status >= 500) show(region.dataset.broken);
});

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx) show(region.dataset.offline);
});
