// Enhances the forms of nofields: controls of a submitted form are checked again on blur, with the server's messages; password
// requirements are ticked off as they are met; a postal code shows its place. The form works without this script, without
// nofields.js and without the endpoints.

const urlOf = (name) => new URL(name, import.meta.url);
const language = (root) => root.dataset.lang;
const inputsOf = (control) => [...control.querySelectorAll("input, select, textarea")];

/** nofields.js, or null if it is not served or the browser cannot import it. */
const validators = memoize(() => import(urlOf("nofields.js")).catch(() => null));
const messages = memoize(async (lang) => {
  const response = await fetch(urlOf(`messages.${lang}.json`));
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
});

for (const root of document.querySelectorAll("[data-nofields]")) {
  root.addEventListener("click", (event) => followSummaryLink(event));
  root.addEventListener("focusout", (event) => onFocusOut(event, root));
  root.addEventListener("change", (event) => onChange(event, root));
  root.addEventListener("nofields:valid", () => root.querySelectorAll("[data-control]").forEach((each) => show(root, each, null)));
  root.querySelectorAll("[data-show]").forEach((button) => showPassword(button, root));
  root.querySelectorAll("[data-requirements]").forEach(tickRequirements);
  root.querySelectorAll("[data-place]").forEach(fillPlace);
}

/** Remember the promises of an async function; a rejected one is forgotten, so that the next call tries again. */
function memoize(load) {
  const promises = new Map();
  return (key) => {
    if (!promises.has(key)) {
      promises.set(key, load(key));
      promises.get(key).catch(() => promises.delete(key));
    }
    return promises.get(key);
  };
}

/** Focus the input that a link of the summary names, and scroll so that its label is visible. */
function followSummaryLink(event) {
  const link = event.target.closest?.("[data-summary] a");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  field.focus({ preventScroll: true });
  field.closest("[data-control]")?.scrollIntoView({ block: "start" });
}

// Pressing a button or a link also blurs a control. A check then would move the page, and the click would miss.
let pressing = false;
addEventListener("pointerdown", (event) => (pressing = Boolean(event.target.closest?.("[type=submit], a"))), true);
addEventListener("pointerup", () => (pressing = false), true);
addEventListener("pointercancel", () => (pressing = false), true);

function onFocusOut(event, root) {
  const control = event.target.closest("[data-control]");
  if (!control || pressing || control.contains(event.relatedTarget) || !("sent" in root.dataset)) return;
  checkAgain(root, control).catch(() => {}); // without an answer the server checks on submit
}

/** A choice is complete at once: its error is checked again before blur. */
function onChange(event, root) {
  const control = event.target.closest("[data-control]");
  if (control?.querySelector("[aria-invalid]") && (isCheckable(event.target) || event.target.matches("select"))) {
    checkAgain(root, control).catch(() => {});
  }
}

async function checkAgain(root, control) {
  const value = valueOf(control);
  const error = await errorOf(root, control, value);
  const unchanged = JSON.stringify(value) === JSON.stringify(valueOf(control));
  if (error !== undefined && unchanged) show(root, control, error);
}

/** Return `null` for a valid value, `{text, id, lead, items}` for an invalid one, `undefined` if it cannot be checked here. */
async function errorOf(root, control, value) {
  const catalog = await messages(language(root));
  if (isBlank(value, catalog.blank)) {
    return control.dataset.blank ? errorFrom(catalog, { key: control.dataset.blank }, control.dataset.label) : null;
  }
  const module = control.dataset.check ? await validators() : null;
  if (module?.fields.includes(control.dataset.check)) {
    const result = module.check(control.dataset.check, value, { synthetic: root.dataset.synthetic });
    return result.valid ? null : errorFrom(catalog, result, control.dataset.label);
  }
  if (control.querySelector("[type=password]")) return undefined; // a password is only sent when the user submits the form
  return checkOnServer(root, control, value);
}

async function checkOnServer(root, control, value) {
  const name = control.dataset.control;
  const response = await fetch(urlOf(`check/${encodeURIComponent(root.dataset.nofields)}`), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name, value, lang: language(root) }),
  });
  if (!response.ok) return undefined;
  return (await response.json()).error;
}

function valueOf(control) {
  const inputs = inputsOf(control);
  const [first] = inputs;
  if (first.type === "checkbox" || first.type === "radio") {
    const checked = inputs.filter((input) => input.checked).map((input) => input.value);
    return first.type === "checkbox" && control.querySelector("fieldset") ? checked : checked[0] ?? "";
  }
  return inputs.length === 1 ? first.value : Object.fromEntries(inputs.map((input) => [input.name.split(".").pop(), input.value]));
}

/** Whether a value is blank by the white space of the rules; `trim` removes more characters. */
function isBlank(value, blank) {
  if (typeof value === "string") return [...value].every((character) => blank.includes(character));
  return Object.values(value).every((each) => isBlank(each, blank));
}

/**
 * The server's error, `{text, lead, items}`: the documented message, unmet requirements, and the explanation if it adds
 * something, in one line; and the same as a lead and a list, if there are several requirements.
 */
function errorFrom({ texts, explained, list }, { key, reason, message = key, explanation, params = {} }, label) {
  const fill = (text, more) => text.replace(/\{(\w+)\}/g, (whole, name) => ({ ...params, label, ...more })[name] ?? whole);
  const items = (params.requirements ?? []).map((each) => fill(texts[each]));
  const requirements = joined(items, list);
  const listing = items.length ? fill(texts.PASSWORD_REQUIREMENTS, { requirements }) : "";
  const isExplained = explained.includes(reason) || explained.includes(`${key}/${reason}`);
  const because = params.character ? named(explanation) : [explanation];
  const text = sentences([
    fill(texts[message], { requirements }),
    texts[message].includes("{requirements}") ? "" : listing,
    ...(isExplained ? because.map((each) => fill(texts[each])) : []),
  ]);
  const hasList = items.length > 1 && text.endsWith(listing);
  const lead = hasList ? text.slice(0, -listing.length) + fill(texts.PASSWORD_REQUIREMENTS_LEAD) : "";
  return { text, lead, items: hasList ? items : [] };
}

/** Join texts into one paragraph; every text but the last gets a full stop if it has no end mark. */
function sentences(texts) {
  const some = texts.filter(Boolean);
  return some.map((text, place) => (place + 1 === some.length || /[.?!]$/.test(text) ? text : `${text}.`)).join(" ");
}

/** Join texts by the patterns of a language. */
function joined(texts, patterns) {
  const join = (pattern, first, second) => pattern.replace(/\{([01])\}/g, (_, place) => (place === "0" ? first : second));
  if (texts.length < 3) return texts.length < 2 ? texts.join("") : join(patterns[2], ...texts);
  const start = join(patterns.start, texts[0], texts[1]);
  return join(patterns.end, texts.slice(2, -1).reduce((before, text) => join(patterns.middle, before, text), start), texts.at(-1));
}

/** The keys of the sentences that name a character, in the place of the one that cannot. */
const named = (explanation) => ["REASON_CHARACTER", ...(explanation === "REASON_CHARACTERS" ? [] : [explanation])];

/** Show an error at its control and in the summary; `null` removes the error that is there. */
function show(root, control, error) {
  const inputs = inputsOf(control);
  const fieldset = control.querySelector("fieldset");
  const id = fieldset?.id ?? inputs[0].id;
  const isInvalid = (input) => error && (inputs.length === 1 || !error.id || isCheckable(input) || error.id === input.id);
  for (const input of inputs) isInvalid(input) ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
  document.getElementById(`${id}-error`)?.remove();
  if (error) (fieldset ?? control.querySelector(".ds-field")).append(errorElement(`${id}-error`, error));
  for (const each of fieldset && isCheckable(inputs[0]) ? [fieldset] : inputs) describe(each, `${id}-error`, Boolean(error));
  updateSummary(root, control.dataset.control, error);
}

/** The element with an error, as the server writes it: a paragraph, or a lead above a list. */
function errorElement(id, { text, lead, items = [] }) {
  const create = (tag, className, ...content) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...content);
    return element;
  };
  const listed = () => {
    const list = create("ul", "ds-list", ...items.map((item) => create("li", "", item)));
    return create("div", "", create("p", "ds-paragraph", lead), list);
  };
  const element = create(items.length ? "div" : "p", "ds-validation-message", items.length ? listed() : text);
  element.dataset.field = "validation";
  element.id = id;
  return element;
}

const isCheckable = (input) => input.type === "checkbox" || input.type === "radio";

/** Add an id to `aria-describedby`, or remove it. */
function describe(element, id, add) {
  const ids = new Set((element.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  add ? ids.add(id) : ids.delete(id);
  ids.size ? element.setAttribute("aria-describedby", [...ids].join(" ")) : element.removeAttribute("aria-describedby");
}

/** Update the line of a control in the summary; remove it with its error, and the summary with its last line. */
async function updateSummary(root, name, error) {
  const summary = summaryOf(root);
  const line = summary?.querySelector(`[data-error="${CSS.escape(name)}"]`);
  if (!line) return;
  const link = line.querySelector("a");
  if (error) link.textContent = `${link.dataset.label}: ${error.text}`;
  else line.remove();
  if (summary.querySelector("[data-error]")) return;
  summary.remove();
  const prefix = (await messages(language(root))).texts.FORM_TITLE_WITH_ERRORS.split("{title}")[0];
  if (document.title.startsWith(prefix)) document.title = document.title.slice(prefix.length);
}

/** The summary in a form, or, where the page has it elsewhere, the one that is in no form. */
function summaryOf(root) {
  const outside = [...document.querySelectorAll("[data-summary]")].find((each) => !each.closest("[data-nofields]"));
  return root.querySelector("[data-summary]") ?? outside;
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
  root.addEventListener("nofields:sent", () => set("password")); // dispatched by scripts of the page
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
    const text = tick();
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = text), 700); // screen readers read it out once typing pauses
  });
}

function fillPlace(output) {
  const input = document.getElementById(output.htmlFor.value);
  let latest = 0;
  const fill = async () => {
    const code = input.value.replace(/\s/g, "");
    const request = ++latest;
    const place = code.length === Number(output.dataset.place) ? await placeOf(code) : "";
    if (request === latest) output.textContent = place;
  };
  input.addEventListener("input", fill);
  if (input.value) fill(); // browsers restore the value of a reloaded page
}

async function placeOf(code) {
  try {
    const response = await fetch(urlOf(`place/${encodeURIComponent(code)}`));
    return (response.ok && (await response.json()).place) || "";
  } catch {
    return "";
  }
}
