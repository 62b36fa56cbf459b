// Has screen readers read out an error that appears while the focus is elsewhere (WCAG 4.1.3).

/** In milliseconds: screen readers miss the text of a live region that has only just appeared. */
const DELAY = 100;
/** In milliseconds: the region is emptied again, so that nobody who reads the page finds an error twice. */
const SHOWN = 5_000;

const region = Object.assign(document.createElement("p"), { className: "nofields-hidden" });
region.setAttribute("role", "status");
const waiting = [];
let reading;
let emptying;

/** Read out a text, after those that still wait. What is outside an open dialog is not read, so the region moves into it. */
export function announce(text, element, lang) {
  const home = element.closest("dialog[open]") ?? document.body;
  if (region.parentElement !== home) home.append(region);
  region.lang = lang;
  waiting.push(text);
  clearTimeout(reading);
  clearTimeout(emptying);
  reading = setTimeout(() => (region.textContent = waiting.splice(0).join(" ")), DELAY);
  emptying = setTimeout(() => region.replaceChildren(), SHOWN);
}
