// Shows a question only while the one it hangs on is answered so. The server decides all the same;
// without this every question is shown.
const hanging = document.querySelectorAll("[data-asked-if]");

function answers(name) {
  const fields = [...document.getElementsByName(name)];
  return fields
    .filter((field) => !field.closest("[hidden]"))
    .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
    .map((field) => field.value);
}

function show() {
  for (const part of hanging) {
    part.hidden = !answers(part.dataset.askedIf).includes(part.dataset.askedWhen);
    // A browser checks what was typed into hidden fields too, and cannot say what is wrong there.
    for (const field of part.querySelectorAll("input, select, textarea")) field.disabled = part.hidden;
  }
}

if (hanging.length) {
  show();
  document.addEventListener("input", show);
}
