// Shows and hides the parts of a form that apply only with certain values of others, and adds and removes the rows of lists.
// Without this script all parts are shown, and the server adds and removes rows. It listens on the document, so that forms may
// be inserted and replaced at any time.

import { announce } from "./announce.js";

export const rootOf = (element) => element.closest?.("[data-nofields]");
export const isCheckable = ({ type }) => type === "checkbox" || type === "radio";
const rowsOf = (list) => [...list.querySelector(":scope > [data-rows]").children];
const addButton = (list) => list.querySelector(":scope > p > [data-add]");
const removeButton = (row) => row.querySelector(":scope > p > [data-remove]");
const canBeFocused = (input) => input.type !== "hidden" && !input.closest("[hidden]");
const firstInput = (part) => [...part.querySelectorAll("input, select, textarea")].find(canBeFocused);
const conditional = (part) => [...(part.matches("[data-when]") ? [part] : []), ...part.querySelectorAll("[data-when]")];

document.addEventListener("click", onClick);
document.addEventListener("input", ({ target }) => rootOf(target) && showApplying(rootOf(target)));
document.addEventListener("change", ({ target }) => rootOf(target) && showApplying(rootOf(target)));
document.addEventListener("reset", ({ target }) => setTimeout(() => showApplying(target))); // values change after the event
showApplying(document);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE && conditional(node).length) showApplying(rootOf(node) ?? node);
  }
}).observe(document, { childList: true, subtree: true });

/** Show the parts whose conditions are met, and hide the others. A condition is not met by a value of a part that is hidden. */
function showApplying(part) {
  let changed = true;
  while (changed) {
    changed = false;
    for (const each of conditional(part.documentElement ?? part)) {
      const hidden = !isMet(rootOf(each), JSON.parse(each.dataset.when));
      changed ||= each.hidden !== hidden;
      each.hidden = hidden;
    }
  }
}

function isMet(root, condition) {
  const isWanted = (texts) => (value) => texts.includes(value.replace(/[ \t\r\n\u00a0\u202f]/g, "")); // as the server compares them
  return Object.entries(condition).every(([name, texts]) => valuesOf(root, name).some(isWanted(texts)));
}

/** The values under a name that would be submitted; a single blank one if nothing is chosen. */
function valuesOf(root, name) {
  const inputs = [...(root?.querySelectorAll(`[name="${CSS.escape(name)}"]`) ?? [])].filter((input) => !input.closest("[hidden]"));
  const values = inputs.filter((input) => !isCheckable(input) || input.checked).map((input) => input.value);
  return values.length || !inputs.length ? values : [""];
}

function onClick(event) {
  const button = event.target.closest?.("[data-add], [data-remove]");
  const list = button?.closest("[data-list]");
  if (!list) return;
  event.preventDefault();
  "add" in button.dataset ? addRow(list) : removeRow(list, button.closest("[data-row]"));
}

function addRow(list) {
  const template = list.querySelector(":scope > template");
  const { blankRow: mark } = template.dataset;
  const rows = rowsOf(list);
  const index = Math.max(-1, ...rows.map((row) => Number(row.dataset.row))) + 1;
  const html = template.innerHTML.replaceAll(`{${mark}}`, rows.length + 1).replaceAll(mark, index);
  list.querySelector(":scope > [data-rows]").insertAdjacentHTML("beforeend", html);
  showButtons(list);
  showApplying(rootOf(list));
  firstInput(rowsOf(list).at(-1))?.focus();
}

function removeRow(list, row) {
  const { title } = row.dataset;
  const next = row.nextElementSibling ?? row.previousElementSibling;
  linesOf(row).forEach(removeLine);
  row.remove();
  rowsOf(list).forEach((each, place) => number(list, each, place + 1));
  showButtons(list);
  const button = addButton(list);
  ((next && firstInput(next)) ?? button).focus();
  announce(list.dataset.removed.replace("{title}", title), list, rootOf(list).lang);
}

/** A list has no fewer and no more rows than its limits. */
function showButtons(list) {
  const { least, most } = list.dataset;
  const rows = rowsOf(list);
  addButton(list).hidden = Boolean(most) && rows.length >= Number(most);
  for (const row of rows) removeButton(row).hidden = rows.length <= Number(least);
}

/** Write the number of a row into its title, its button and the lines of the summary. */
function number(list, row, place) {
  const template = list.querySelector(":scope > template");
  const blank = template.content.querySelector("[data-row]");
  const filled = (text) => text.replaceAll(`{${template.dataset.blankRow}}`, place);
  const before = row.dataset.title;
  row.dataset.title = filled(blank.dataset.title);
  const title = row.querySelector("legend, label").firstChild;
  title.data = title.data.replace(before, row.dataset.title);
  const control = row.querySelector(":scope > [data-control]");
  if (control) control.dataset.label = row.dataset.title;
  removeButton(row).textContent = filled(removeButton(blank).textContent);
  for (const line of linesOf(row)) {
    const link = line.querySelector("a");
    const label = link.dataset.label.replace(before, row.dataset.title);
    link.textContent = link.textContent.replace(link.dataset.label, label);
    link.dataset.label = label;
  }
}

/** Remove a line of a summary; with its last line the summary, and what the title of the page says of errors. */
export function removeLine(line) {
  const summary = line.closest("[data-summary]");
  line.remove();
  if (summary.querySelector("[data-error]")) return;
  summary.remove();
  const [before, after = ""] = (summary.dataset.title ?? "").split("{title}");
  const { title } = document;
  if (title.startsWith(before) && title.endsWith(after)) document.title = title.slice(before.length, title.length - after.length);
}

/** The lines of the summary about a row. */
function linesOf(row) {
  const name = removeButton(row).value;
  const root = rootOf(row);
  const isOfForm = (line) => [root, null].includes(rootOf(line)); // a page may have it elsewhere
  const isInside = (line) => isOfForm(line) && `${line.dataset.error}.`.startsWith(`${name}.`);
  return [...document.querySelectorAll("[data-summary] [data-error]")].filter(isInside);
}
