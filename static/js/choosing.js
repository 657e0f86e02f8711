// Selecting words of the text offers to remark on them. Offsets count code points of the version;
// every run of words carries its own in data-at. The buttons are real ones and post by themselves.
const codePoints = (text) => [...text].length;
const bar = () => document.getElementById("choosing-bar");

function place(node, offset, run, otherwise) {
  if (!run.contains(node) || node.nodeType !== Node.TEXT_NODE) return otherwise;
  return Number(run.dataset.at) + codePoints(node.data.slice(0, offset));
}

function chosen() {
  const selection = getSelection();
  const text = document.querySelector("[data-choosing]");
  if (!text || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return null;
  const runs = [...text.querySelectorAll("span[data-at]")].filter((run) => range.intersectsNode(run));
  if (!runs.length) return null;
  const first = runs[0];
  const last = runs[runs.length - 1];
  const start = place(range.startContainer, range.startOffset, first, Number(first.dataset.at));
  const whole = Number(last.dataset.at) + codePoints(last.textContent);
  const end = place(range.endContainer, range.endOffset, last, whole);
  return end > start ? { start, end, box: range.getBoundingClientRect() } : null;
}

function offer() {
  const tools = bar();
  if (!tools || tools.contains(document.activeElement)) return;
  const found = chosen();
  tools.hidden = !found;
  if (!found) return;
  for (const button of tools.querySelectorAll("button")) {
    button.value = `${button.value.split(" ")[0]} ${found.start}-${found.end}`;
  }
  const frame = tools.offsetParent.getBoundingClientRect();
  const room = frame.width - tools.offsetWidth;
  tools.style.insetInlineStart = `${Math.max(0, Math.min(found.box.left - frame.left, room))}px`;
  tools.style.insetBlockStart = `${found.box.bottom - frame.top + tools.offsetParent.scrollTop + 8}px`;
}

document.addEventListener("selectionchange", offer);
offer(); // words may have been selected while the page was still loading

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && bar()) bar().hidden = true;
});

// The new slot is where the person goes on writing.
document.addEventListener("htmx:after:swap", () => {
  const fresh = document.querySelector("[data-fresh]");
  if (!fresh) return;
  fresh.removeAttribute("data-fresh");
  fresh.scrollIntoView({ block: "center" });
  fresh.querySelector("textarea[name$=see]")?.focus();
});
