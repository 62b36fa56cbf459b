// The script of the Altinn pages: "Test innlogging" without leaving the page, so that nothing typed is lost; no form is
// submitted twice; the notices "saved" and "sent" do not come back on reload.

/** In milliseconds: after this, a form whose response was cancelled may be submitted again. */
export const SUBMIT_TIMEOUT = 10_000;

let submitted = new WeakMap();
addEventListener("submit", submitOnce, true);
addEventListener("pageshow", () => (submitted = new WeakMap())); // restored by the back button
document.querySelectorAll("[data-test]").forEach((button) => button.addEventListener("click", (event) => testLogin(event, button)));
document.querySelectorAll("[data-result]").forEach((result) => result.closest("form").addEventListener("input", () => result.replaceChildren()));
if (/[?&](saved|asked)=/.test(location.search)) history.replaceState(history.state, "", location.pathname + location.hash);

/** Submit a form once, also one that is inserted later. */
function submitOnce(event) {
  if (Date.now() - (submitted.get(event.target) ?? -Infinity) < SUBMIT_TIMEOUT) event.preventDefault();
  else submitted.set(event.target, Date.now());
}

async function testLogin(event, button) {
  event.preventDefault();
  const { form } = button;
  const root = form.querySelector("[data-nofields]");
  const result = form.querySelector("[data-result]");
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  root.dispatchEvent(new Event("nofields:sent"));
  result.replaceChildren(paragraph(result.dataset.testing));
  const sent = formData(form, button);
  try {
    const report = await post(form, sent);
    if (report.outcome === "page") return form.requestSubmit(button); // the form has errors, which the page shows
    if (!report.title) throw new TypeError("a response of another server");
    if (report.outcome) root.dispatchEvent(new Event("nofields:valid"));
    result.replaceChildren(alert({ color: "danger", text: report.detail ?? "", ...report }));
  } catch {
    result.replaceChildren(alert({ color: "danger", title: result.dataset.failedTitle, text: result.dataset.failed }));
  } finally {
    button.removeAttribute("aria-busy");
    if (String(formData(form, button)) !== String(sent)) result.replaceChildren(); // outdated: the form has changed
  }
}

async function post(form, body) {
  const response = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
  return response.json();
}

/** Not `new FormData(form, button)`: browsers before 2023 omit the button. */
function formData(form, button) {
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
