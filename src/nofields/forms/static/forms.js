// Enhances the forms of nofields: controls of a submitted form are checked again on blur, with the server's messages; password
// requirements are ticked off as they are met; a postal code shows its place. The form works without this script, without
// nofields.js and without the endpoints. It listens on the document, so that forms may be inserted and replaced at any time.

import { announce } from "./announce.js";
import "./inputs.js";
import { isCheckable, removeLine, rootOf } from "./parts.js";

const urlOf = (name) => new URL(name, import.meta.url);
const language = (root) => root.lang;
const controlOf = (element) => element.closest("[data-control]");
const controlsOf = (root) => [...root.querySelectorAll("[data-control]")].filter((each) => rootOf(each) === root);
const inputsOf = (control) => [...control.querySelectorAll("input, select, textarea")];
const isPassword = (control) => Boolean(control.querySelector("[data-show], [type=password]"));
/** The verdict on a value that is right by its rule, while validators of the model have still to read it. */
const OPEN = Symbol("open");

/** Whether a value is sent only when the user submits the form. */
const isOnlySubmitted = (control) => isPassword(control) || Boolean(control.querySelector("[type=file]"));

/** nofields.js, or null if it is not served or the browser cannot import it. */
const validators = memoize(() => import(urlOf("nofields.js")).catch(() => null));
const messages = memoize(async (lang) => {
  const response = await fetch(urlOf(`messages.${lang}.json`));
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
});

document.addEventListener("click", followSummaryLink);
document.addEventListener("focusout", onFocusOut);
document.addEventListener("change", onChange);
document.addEventListener("nofields:valid", onValid, true); // dispatched by scripts of the page

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

function onFocusOut({ target, relatedTarget }) {
  const [root, control] = [rootOf(target), controlOf(target)];
  if (!root || !control || pressing || control.contains(relatedTarget) || !("sent" in root.dataset)) return;
  checkAgain(root, control);
}

/** A choice is complete at once: its error is checked again before blur. */
function onChange({ target }) {
  const [root, control] = [rootOf(target), controlOf(target)];
  const isChoice = isCheckable(target) || target.matches("select");
  if (root && isChoice && control?.querySelector("[aria-invalid]")) checkAgain(root, control);
}

/** The server accepts all values that the form has now. */
function onValid({ target }) {
  const root = rootOf(target);
  for (const control of root ? controlsOf(root) : []) {
    if (!isChanged(control)) control.dataset.verdict = "null";
    show(root, control, null);
  }
}

/** Check a control, and the others whose error may depend on its value. Without an answer the server checks on submit. */
function checkAgain(root, control) {
  const isBesideOthers = ({ dataset }) => "held" in dataset && dataset.asks === "form";
  const others = controlsOf(root).filter((each) => each !== control && isBesideOthers(each) && !each.closest("[hidden]"));
  for (const each of [control, ...others]) updateError(root, each).catch(() => {});
}

const latest = new WeakMap();
async function updateError(root, control) {
  const value = valueOf(control);
  const turn = {};
  latest.set(control, turn);
  const error = isAsSent(root, control) ? sentVerdict(control) : await errorOf(root, control, value);
  const outdated = latest.get(control) !== turn || JSON.stringify(value) !== JSON.stringify(valueOf(control));
  if (error === undefined || outdated) return;
  if (error !== OPEN) show(root, control, error);
  else if (!("held" in control.dataset)) show(root, control, null);
}

/** Whether the server's verdict is on these values. A secret is not sent back: its verdict stands until another is typed. */
function isAsSent(root, control) {
  if ("secret" in control.dataset) return !("verdict" in control.dataset || isChanged(control));
  return !(control.dataset.asks === "form" ? controlsOf(root) : [control]).some(isChanged);
}

/** The verdict with which the server sent the form; `undefined` if the control still shows it. */
const sentVerdict = ({ dataset }) => ("verdict" in dataset ? JSON.parse(dataset.verdict) : undefined);

function isChanged(control) {
  return inputsOf(control).some((input) => {
    if (isCheckable(input)) return input.checked !== input.defaultChecked;
    if (!input.options) return input.value !== input.defaultValue;
    const options = [...input.options];
    return (options.find((each) => each.defaultSelected) ?? options[0]) !== input.selectedOptions[0];
  });
}

/**
 * Return `null` for a valid value, `{text, id, lead, items}` for an invalid one, `OPEN` for one of which only the rule is known to be met,
 * `undefined` if it cannot be checked here.
 */
async function errorOf(root, control, value) {
  const catalog = await messages(language(root));
  const { blank, check, asks, label } = control.dataset;
  const module = check ? await validators() : null;
  let known;
  if (isBlank(value, catalog.blank)) {
    if (blank) return errorFrom(catalog, { key: blank }, label);
    if (!asks) return null;
    known = OPEN;
  } else if (module?.fields.includes(check)) {
    const result = module.check(check, value, { synthetic: root.dataset.synthetic });
    if (!result.valid) return errorFrom(catalog, result, label);
    if (!asks) return null;
    known = OPEN;
  }
  if (isPassword(control) || asks === "submit") return known; // a password is only sent when the user submits the form
  const answer = await checkOnServer(root, control, value).catch(() => null);
  if (!answer) return known;
  return answer.error === undefined ? OPEN : answer.error && { ...answer.error, held: Boolean(asks) };
}

/** The server's answer: `{error}`, or `{}` where validators of the model have not read the value; `null` if there is none. */
async function checkOnServer(root, control, value) {
  const name = control.dataset.control;
  const values = control.dataset.asks === "form" ? valuesOf(root) : undefined;
  const response = await fetch(urlOf(`check/${encodeURIComponent(root.dataset.nofields)}`), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name, value, values, lang: language(root) }),
  });
  return response.ok ? response.json() : null;
}

/** The values of all controls but passwords and files, by name. */
function valuesOf(root) {
  const sent = controlsOf(root).filter((each) => !isOnlySubmitted(each));
  return Object.fromEntries(sent.map((each) => [each.dataset.control, valueOf(each)]));
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

/** The error of each control in one line, as it was shown last. */
const shownTexts = new WeakMap();

/** Show an error at its control and in the summary; `null` removes the error that is there. */
function show(root, control, error) {
  control.dataset.verdict ??= JSON.stringify(shownError(control)); // a new form from the server lacks it
  const inputs = inputsOf(control);
  const fieldset = control.querySelector("fieldset");
  const id = idOf(control);
  const named = error?.id?.split(" ") ?? [];
  const isInvalid = (input) => error && (inputs.length === 1 || !error.id || isCheckable(input) || named.includes(input.id));
  for (const input of inputs) isInvalid(input) ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
  const before = document.getElementById(`${id}-error`);
  const isNew = error && error.text !== (shownTexts.get(control) ?? before?.textContent);
  if (isNew) announce(lineOf(control.dataset.label, error), control, language(root));
  before?.remove();
  if (error) (fieldset ?? control.querySelector(".ds-field")).append(errorElement(`${id}-error`, error));
  shownTexts.set(control, error?.text ?? "");
  control.toggleAttribute("data-held", Boolean(error?.held));
  for (const each of fieldset && isCheckable(inputs[0]) ? [fieldset] : inputs) describe(each, `${id}-error`, Boolean(error));
  updateSummary(root, control.dataset.control, error);
}

/** The label and an error in one line, as the server writes them: with no colon after a question mark. */
const lineOf = (label, { text }) => `${label}${/[?!:.…]$/.test(label) ? "" : ":"} ${text}`;

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

const idOf = (control) => control.querySelector("fieldset")?.id ?? inputsOf(control)[0].id;

/** The error that a control shows, or `null`. */
function shownError(control) {
  const paragraph = document.getElementById(`${idOf(control)}-error`);
  const invalid = inputsOf(control).filter((input) => input.hasAttribute("aria-invalid"));
  const id = invalid.map((input) => input.id).join(" ");
  return paragraph && { text: paragraph.textContent, id, held: "held" in control.dataset };
}

/** Add an id to `aria-describedby`, or remove it. */
function describe(element, id, add) {
  const ids = new Set((element.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  add ? ids.add(id) : ids.delete(id);
  ids.size ? element.setAttribute("aria-describedby", [...ids].join(" ")) : element.removeAttribute("aria-describedby");
}

/** Update the line of a control in the summary, or remove it with its error. */
function updateSummary(root, name, error) {
  const line = summaryOf(root)?.querySelector(`[data-error="${CSS.escape(name)}"]`);
  const link = line?.querySelector("a");
  if (line && !error) removeLine(line);
  if (link && error) link.textContent = lineOf(link.dataset.label, error);
}

/** The summary in a form, or, where the page has it elsewhere, the one that is in no form. */
function summaryOf(root) {
  const outside = [...document.querySelectorAll("[data-summary]")].find((each) => !each.closest("[data-nofields]"));
  return root.querySelector("[data-summary]") ?? outside;
}
