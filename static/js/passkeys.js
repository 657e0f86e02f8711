// A form with data-passkey asks the device for a passkey and then sends itself, with the answer in
// its field `credential`. The server asks the question and checks the answer. What is said meanwhile
// stands in data-asking and data-failed.
const able = window.PublicKeyCredential?.parseRequestOptionsFromJSON;

async function answerTo(form, kind) {
  const body = new FormData();
  body.set("csrf_token", form.elements.csrf_token.value);
  const asked = await fetch(form.dataset.question, { method: "POST", body });
  if (!asked.ok || asked.redirected) throw new Error(`status ${asked.status}`);
  const question = await asked.json();
  const credential = kind === "make"
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(question) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question) });
  return JSON.stringify(credential.toJSON());
}

async function use(event) {
  const form = event.target;
  event.preventDefault();
  event.stopImmediatePropagation();
  const said = form.querySelector("[data-said]");
  said.textContent = form.dataset.asking;
  try {
    form.elements.credential.value = await answerTo(form, form.dataset.passkey);
    HTMLFormElement.prototype.submit.call(form);
  } catch {
    form.removeAttribute("aria-busy"); // the next click counts again
    said.textContent = form.dataset.failed;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const without = document.querySelector("[data-without-passkeys]");
  if (able) {
    form.hidden = false;
    if (without) without.hidden = true;
    form.addEventListener("submit", use, { capture: true });
  }
}
