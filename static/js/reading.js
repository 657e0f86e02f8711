// A marked passage leads to its remark; and the server learns which version was really looked at.
const LOOK_MS = 2000;

document.addEventListener("click", (event) => {
  const passage = event.target.closest?.("mark[data-remarks]");
  if (!passage || !getSelection().isCollapsed) return;
  const ref = passage.dataset.remarks.split(" ").at(-1);
  const remark = document.getElementById(`remark-${ref}`);
  if (!remark) return;
  remark.closest("details")?.setAttribute("open", "");
  remark.scrollIntoView({ block: "center" });
  remark.classList.remove("met");
  requestAnimationFrame(() => remark.classList.add("met"));
});

function looked(text) {
  if (document.hidden) return;
  const headers = JSON.parse(document.body.getAttribute("hx-headers:inherited"));
  const body = new URLSearchParams({ number: text.dataset.number });
  fetch(text.dataset.looked, { method: "POST", body, headers, keepalive: true }).catch(() => {});
}

for (const text of document.querySelectorAll("[data-looked]")) {
  const eye = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    eye.disconnect();
    setTimeout(looked, LOOK_MS, text);
  });
  eye.observe(text);
}
