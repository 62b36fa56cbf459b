// Makes the forms of nofields better where there is script: a field that was sent is checked again when it is left, with
// the server's own words; password requirements are ticked as they are met; a postal code gets its place.
// Whatever is missing here (this script, nofields.js, an endpoint), the form works without it.

const beside = (name) => new URL(name, import.meta.url);
const language = (root) => root.dataset.lang;
const inputsOf = (control) => [...control.querySelectorAll("input, select, textarea")];

/** nofields.js, if this browser can read it and somebody serves it. */
const validators = once(() => import(beside("nofields.js")).catch(() => null));
const texts = once(async (lang) => {
  const answer = await fetch(beside(`messages.${lang}.json`));
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
});

for (const root of document.querySelectorAll("[data-nofields]")) {
  root.addEventListener("click", (event) => follow(event, root));
  root.addEventListener("focusout", (event) => left(event, root));
  root.addEventListener("change", (event) => chosen(event, root));
  root.addEventListener("nofields:valid", () => root.querySelectorAll("[data-control]").forEach((each) => show(root, each, null)));
  root.querySelectorAll("[data-show]").forEach((button) => showPassword(button, root));
  root.querySelectorAll("[data-requirements]").forEach(tickRequirements);
  root.querySelectorAll("[data-place]").forEach(fillPlace);
}

/** What did not come is asked for again the next time. */
function once(make) {
  const made = new Map();
  return (key) => {
    if (!made.has(key)) {
      made.set(key, make(key));
      made.get(key).catch(() => made.delete(key));
    }
    return made.get(key);
  };
}

/** A link of the summary goes to its field, and the label is seen too. */
function follow(event, root) {
  const link = event.target.closest?.("[data-summary] a");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  field.focus({ preventScroll: true });
  field.closest("[data-control]")?.scrollIntoView({ block: "start" });
}

// A field that is left by sending the form is not checked: the page would move under the finger, and the press be lost.
let pressing = false;
addEventListener("pointerdown", (event) => (pressing = Boolean(event.target.closest?.("[type=submit], a"))), true);
addEventListener("pointerup", () => (pressing = false), true);
addEventListener("pointercancel", () => (pressing = false), true);

function left(event, root) {
  const control = event.target.closest("[data-control]");
  if (!control || pressing || control.contains(event.relatedTarget) || !("sent" in root.dataset)) return;
  checkAgain(root, control).catch(() => {}); // no answer: the server has the last word anyway
}

/** A choice is complete when it is made: what was wrong with it need not wait until the field is left. */
function chosen(event, root) {
  const control = event.target.closest("[data-control]");
  if (control?.querySelector("[aria-invalid]") && (isTick(event.target) || event.target.matches("select"))) {
    checkAgain(root, control).catch(() => {});
  }
}

async function checkAgain(root, control) {
  const typed = typedInto(control);
  const problem = await problemOf(root, control, typed);
  const same = JSON.stringify(typed) === JSON.stringify(typedInto(control));
  if (problem !== undefined && same) show(root, control, problem);
}

/** `null` where all is well, `{text, id}` where not, `undefined` where nobody can tell. */
async function problemOf(root, control, typed) {
  const said = await texts(language(root));
  if (isBlank(typed, said.whiteSpace)) return control.dataset.blank ? { text: sentence(said, { key: control.dataset.blank }) } : null;
  const module = control.dataset.check ? await validators() : null;
  if (module?.fields.includes(control.dataset.check)) {
    const verdict = module.check(control.dataset.check, typed, { synthetic: root.dataset.synthetic });
    return verdict.valid ? null : { text: sentence(said, verdict) };
  }
  if (control.querySelector("[type=password]")) return undefined; // a password is sent when the user sends it
  return askServer(root, control, typed);
}

async function askServer(root, control, typed) {
  const name = control.dataset.control;
  const answer = await fetch(beside(`check/${encodeURIComponent(root.dataset.nofields)}`), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name, value: typed, lang: language(root) }),
  });
  if (!answer.ok) return undefined;
  return (await answer.json()).error;
}

function typedInto(control) {
  const inputs = inputsOf(control);
  const [first] = inputs;
  if (first.type === "checkbox" || first.type === "radio") {
    const ticked = inputs.filter((input) => input.checked).map((input) => input.value);
    return first.type === "checkbox" && control.querySelector("fieldset") ? ticked : ticked[0] ?? "";
  }
  return inputs.length === 1 ? first.value : Object.fromEntries(inputs.map((input) => [input.name.split(".").pop(), input.value]));
}

/** By the white space of the rules: `trim` takes more. */
function isBlank(typed, whiteSpace) {
  if (typeof typed === "string") return [...typed].every((character) => whiteSpace.includes(character));
  return Object.values(typed).every((each) => isBlank(each, whiteSpace));
}

/** What the server would say: the documented sentence, unmet requirements, and one more sentence where it tells more. */
function sentence(said, { key, reason, params = {} }) {
  const fill = (text) => text.replace(/\{(\w+)\}/g, (whole, name) => params[name] ?? whole);
  const telling = said.telling.includes(reason) || said.telling.includes(`${key}/${reason}`);
  const keys = [key, ...(params.requirements ?? []), ...(telling ? [`REASON_${reason.toUpperCase()}`] : [])];
  const ended = (text, place) => (place + 1 === keys.length || /[.?!]$/.test(text) ? text : `${text}.`);
  return keys.map((each) => fill(said.texts[each])).map(ended).join(" ");
}

function show(root, control, problem) {
  const inputs = inputsOf(control);
  const frame = control.querySelector("fieldset");
  const id = frame?.id ?? inputs[0].id;
  const wrong = (input) => problem && (inputs.length === 1 || !problem.id || isTick(input) || problem.id === input.id);
  for (const input of inputs) wrong(input) ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
  let error = document.getElementById(`${id}-error`);
  if (problem && !error) {
    error = Object.assign(document.createElement("p"), { id: `${id}-error`, className: "ds-validation-message" });
    error.dataset.field = "validation";
    (frame ?? control.querySelector(".ds-field")).append(error);
  }
  if (problem) error.textContent = problem.text;
  else error?.remove();
  for (const each of frame && isTick(inputs[0]) ? [frame] : inputs) describe(each, `${id}-error`, Boolean(problem));
  summarise(root, control.dataset.control, problem);
}

const isTick = (input) => input.type === "checkbox" || input.type === "radio";

function describe(element, id, add) {
  const ids = new Set((element.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  add ? ids.add(id) : ids.delete(id);
  ids.size ? element.setAttribute("aria-describedby", [...ids].join(" ")) : element.removeAttribute("aria-describedby");
}

/** The summary says of a field what the field says; what is put right leaves it, and with the last error it goes itself. */
async function summarise(root, name, problem) {
  const summary = summaryOf(root);
  const line = summary?.querySelector(`[data-error="${CSS.escape(name)}"]`);
  if (!line) return;
  const link = line.querySelector("a");
  if (problem) link.textContent = `${link.dataset.label}: ${problem.text}`;
  else line.remove();
  if (summary.querySelector("[data-error]")) return;
  summary.remove();
  const before = (await texts(language(root))).texts.FORM_TITLE_WITH_ERRORS.split("{title}")[0];
  if (document.title.startsWith(before)) document.title = document.title.slice(before.length);
}

/** A page may have several forms, and a form its summary outside of itself. */
function summaryOf(root) {
  const apart = [...document.querySelectorAll("[data-summary]")].find((each) => !each.closest("[data-nofields]"));
  return root.querySelector("[data-summary]") ?? apart;
}

function showPassword(button, root) {
  const input = document.getElementById(button.dataset.show);
  const [shown, hidden] = [button.textContent, button.dataset.hide];
  const set = (type) => {
    input.type = type;
    button.textContent = type === "password" ? shown : hidden;
  };
  button.hidden = false;
  button.addEventListener("click", () => set(input.type === "password" ? "text" : "password"));
  input.form?.addEventListener("submit", () => set("password"));
  root.addEventListener("nofields:sent", () => set("password")); // by a script of the page's own
  addEventListener("pagehide", () => set("password"));
}

function tickRequirements(list) {
  const input = document.getElementById(list.dataset.requirements);
  const status = document.querySelector(`[data-requirements-status="${CSS.escape(input.id)}"]`);
  const lines = [...list.querySelectorAll("[data-pattern]")].map((line) => {
    const word = Object.assign(document.createElement("span"), { className: "nofields-hidden" });
    line.prepend(word);
    return { line, word, pattern: new RegExp(line.dataset.pattern), absent: "absent" in line.dataset };
  });
  let timer;
  const tick = () => {
    let met = 0;
    for (const { line, word, pattern, absent } of lines) {
      const fits = input.value !== "" && pattern.test(input.value) !== absent;
      met += fits;
      line.toggleAttribute("data-fits", fits);
      word.textContent = `${fits ? list.dataset.met : list.dataset.unmet} `;
    }
    return list.dataset.status.replace("{met}", met).replace("{all}", lines.length);
  };
  tick();
  input.addEventListener("input", () => {
    const said = tick();
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = said), 700); // once the typing rests
  });
}

function fillPlace(output) {
  const input = document.getElementById(output.htmlFor.value);
  let asked = 0;
  const fill = async () => {
    const code = input.value.replace(/\s/g, "");
    const turn = ++asked;
    const place = code.length === Number(output.dataset.place) ? await placeOf(code) : "";
    if (turn === asked) output.textContent = place;
  };
  input.addEventListener("input", fill);
  if (input.value) fill(); // the browser may have put back what was typed before
}

async function placeOf(code) {
  try {
    const answer = await fetch(beside(`place/${encodeURIComponent(code)}`));
    return (answer.ok && (await answer.json()).place) || "";
  } catch {
    return "";
  }
}
