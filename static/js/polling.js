// Nobody looks at a hidden page, so it does not ask the server for news.
const polls = (element) => element?.getAttribute("hx-trigger")?.includes("every");

document.addEventListener("htmx:before:request", (event) => {
  if (document.hidden && polls(event.detail.ctx.sourceElement)) event.preventDefault();
});
