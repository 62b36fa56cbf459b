// Enhances single inputs of the forms of nofields: passwords can be shown, and their requirements are ticked off as they are
// met; a postal code shows its place; a long text shows how many characters are left. It listens on the document, so that forms may be inserted and replaced at any time.

import { announce } from "./announce.js";

const all = (node, selector) => [...(node.matches?.(selector) ? [node] : []), ...node.querySelectorAll(selector)];
const outputsOf = (input) => document.querySelectorAll(`[data-place][for="${CSS.escape(input.id)}"]`);
const countersOf = (input) => document.querySelectorAll(`[data-counter][data-for="${CSS.escape(input.id)}"]`);
const requirementsOf = (input) => document.querySelectorAll(`[data-requirements="${CSS.escape(input.id)}"]`);

document.addEventListener("click", togglePassword);
document.addEventListener("submit", ({ target }) => hidePasswords(target), true);
document.addEventListener("nofields:sent", ({ target }) => hidePasswords(target), true); // dispatched by scripts of the page
addEventListener("pagehide", () => hidePasswords(document));
document.addEventListener("input", ({ target }) => {
  if (!target.id) return;
  requirementsOf(target).forEach((list) => announceMet(list, tickRequirements(list)));
  outputsOf(target).forEach(fillPlace);
  countersOf(target).forEach((counter) => announceCount(counter, target, count(counter, target)));
});
prepare(document);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) prepare(node);
}).observe(document, { childList: true, subtree: true });

/** Bring what is in a part of the page into its first state. */
function prepare(part) {
  all(part, "[data-show]").forEach((button) => (button.hidden = false));
  all(part, "[data-requirements]").forEach(tickRequirements);
  all(part, "[data-counter]").forEach((counter) => count(counter, document.getElementById(counter.dataset.for)));
  all(part, "[data-place]").forEach((output) => inputOf(output)?.value && fillPlace(output)); // browsers restore values
}

function togglePassword({ target }) {
  const button = target.closest?.("[data-show]");
  const input = button && document.getElementById(button.dataset.show);
  if (input) setType(button, input, input.type === "password" ? "text" : "password");
}

function hidePasswords(part) {
  for (const button of part.querySelectorAll("[data-show]")) {
    const input = document.getElementById(button.dataset.show);
    if (input?.type === "text") setType(button, input, "password");
  }
}

function setType(button, input, type) {
  input.type = type;
  button.dataset.label ??= button.textContent;
  button.textContent = type === "password" ? button.dataset.label : button.dataset.hide;
}

/** Mark each requirement as met or not, and return how many are met. */
function tickRequirements(list) {
  const input = document.getElementById(list.dataset.requirements);
  let met = 0;
  for (const line of list.querySelectorAll("[data-pattern]")) {
    const fits = Boolean(input?.value) && new RegExp(line.dataset.pattern).test(input.value) !== "absent" in line.dataset;
    met += fits;
    line.toggleAttribute("data-fits", fits);
    const word = `${fits ? list.dataset.met : list.dataset.unmet} `;
    const shown = line.querySelector(".nofields-hidden") ?? line.insertBefore(hiddenWord(), line.firstChild);
    if (shown.textContent !== word) shown.textContent = word;
  }
  return met;
}

function hiddenWord() {
  return Object.assign(document.createElement("span"), { className: "nofields-hidden" });
}

/** Screen readers read out how many requirements are met once typing pauses. */
let timer;
function announceMet(list, met) {
  const status = document.querySelector(`[data-requirements-status="${CSS.escape(list.dataset.requirements)}"]`);
  const count = list.querySelectorAll("[data-pattern]").length;
  clearTimeout(timer);
  timer = setTimeout(() => (status.textContent = list.dataset.status.replace("{met}", met).replace("{all}", count)), 700);
}

/** Show how many characters are left of a text, as Python counts them, or how many there are too many; return how many are left. */
function count(counter, input) {
  const left = Number(counter.dataset.counter) - [...(input?.value ?? "")].length;
  counter.textContent = (left < 0 ? counter.dataset.over : counter.dataset.left).replace("{count}", Math.abs(left));
  counter.hidden = false;
  return left;
}

/** Near the limit, screen readers read out the count once typing pauses. */
const NEAR = 20;
let counting;
function announceCount(counter, input, left) {
  clearTimeout(counting);
  if (left > NEAR) return;
  counting = setTimeout(() => announce(counter.textContent, input, input.closest("[lang]")?.lang ?? ""), 1000);
}

function inputOf(output) {
  return document.getElementById(output.htmlFor.value);
}

async function fillPlace(output) {
  const code = () => inputOf(output)?.value.replace(/\s/g, "") ?? "";
  const asked = code();
  const place = asked.length === Number(output.dataset.place) ? await placeOf(asked) : "";
  if (asked === code()) output.textContent = place;
}

async function placeOf(code) {
  try {
    const response = await fetch(new URL(`place/${encodeURIComponent(code)}`, import.meta.url));
    return (response.ok && (await response.json()).place) || "";
  } catch {
    return "";
  }
}
