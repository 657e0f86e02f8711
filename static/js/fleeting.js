// What holds for some seconds only leaves the page when they are over.
function watch() {
  for (const part of document.querySelectorAll("[data-seconds]")) {
    setTimeout(() => part.remove(), part.dataset.seconds * 1000);
    delete part.dataset.seconds;
  }
}

watch();
document.addEventListener("htmx:after:swap", watch);
