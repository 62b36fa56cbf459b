// The Altinn pages with script: "Test innlogging" without leaving the page, so that nothing typed is lost; a form that is
// on its way is not sent twice; an address that says "saved" says so once.

/** In milliseconds: whoever stopped a page from coming may send the form anew after so long. */
const ON_ITS_WAY = 10_000;

document.querySelectorAll("[data-test]").forEach((button) => button.addEventListener("click", (event) => test(event, button)));
document.querySelectorAll("[data-result]").forEach((result) => result.closest("form").addEventListener("input", () => result.replaceChildren()));
document.querySelectorAll("form").forEach(sendOnce);
if (new URLSearchParams(location.search).has("saved")) history.replaceState(history.state, "", location.pathname + location.hash);

function sendOnce(form) {
  let sent = -Infinity;
  form.addEventListener("submit", (event) => {
    if (Date.now() - sent < ON_ITS_WAY) event.preventDefault();
    else sent = Date.now();
  });
  addEventListener("pageshow", () => (sent = -Infinity)); // back again, with all that was
}

async function test(event, button) {
  event.preventDefault();
  const { form } = button;
  const root = form.querySelector("[data-nofields]");
  const result = form.querySelector("[data-result]");
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  root.dispatchEvent(new Event("nofields:sent"));
  result.replaceChildren(paragraph(result.dataset.testing));
  const sent = typedInto(form, button);
  try {
    const said = await answer(form, sent);
    if (said.outcome === "page") return form.requestSubmit(button); // something is wrong in the form: the page says what
    if (!said.title) throw new TypeError("an answer of somebody else");
    if (said.outcome) root.dispatchEvent(new Event("nofields:valid"));
    result.replaceChildren(alert({ color: "danger", text: said.detail ?? "", ...said }));
  } catch {
    result.replaceChildren(alert({ color: "danger", title: result.dataset.failedTitle, text: result.dataset.failed }));
  } finally {
    button.removeAttribute("aria-busy");
    if (String(typedInto(form, button)) !== String(sent)) result.replaceChildren(); // it was said of something else
  }
}

async function answer(form, body) {
  const sent = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
  return sent.json();
}

/** Not `new FormData(form, button)`: browsers before 2023 leave the button out. */
function typedInto(form, button) {
  const data = new FormData(form);
  data.set(button.name, button.value);
  return new URLSearchParams(data);
}

function alert({ color, title, text }) {
  const box = Object.assign(document.createElement("div"), { className: "ds-alert" });
  box.dataset.color = color;
  const heading = Object.assign(document.createElement("h2"), { className: "ds-heading", textContent: title });
  heading.dataset.size = "xs";
  box.append(heading, paragraph(text));
  return box;
}

function paragraph(textContent) {
  return Object.assign(document.createElement("p"), { className: "ds-paragraph", textContent });
}
