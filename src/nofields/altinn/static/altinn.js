// The Altinn pages with script: "Test innlogging" without leaving the page, so that nothing typed is lost.

document.querySelectorAll("[data-test]").forEach((button) => button.addEventListener("click", (event) => test(event, button)));

async function test(event, button) {
  event.preventDefault();
  const { form } = button;
  const result = form.querySelector("[data-result]");
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  result.replaceChildren(paragraph(result.dataset.testing));
  try {
    const said = await answer(form, button);
    if (said.outcome === "page") return form.requestSubmit(button); // something is wrong in the form: the page says what
    form.querySelector("[data-nofields]").dispatchEvent(new Event("nofields:valid"));
    result.replaceChildren(alert(said));
  } catch {
    result.replaceChildren(alert({ color: "danger", title: result.dataset.failedTitle, text: result.dataset.failed }));
  } finally {
    button.removeAttribute("aria-busy");
  }
}

async function answer(form, button) {
  const sent = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams(new FormData(form, button)),
  });
  return sent.json();
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
