// The script of a connection's page: while the request waits for approval in Altinn, the status refreshes by itself; a button
// that waits for Altinn says so.

import { SUBMIT_TIMEOUT } from "./altinn.js";

/** In milliseconds: the time until the status is first asked for, how it grows, its limit, and when the page stops asking. */
const FIRST = 5_000;
const GROWTH = 1.5;
const LONGEST = 60_000;
const END = 30 * 60_000;

const connection = document.querySelector("[data-connection]");
if (connection.hasAttribute("data-poll")) poll();
addEventListener("submit", sent);
addEventListener("pageshow", idle); // restored by the back button

/** Ask now and then while the page is visible, at once when it becomes visible again, and never after `END`. */
function poll() {
  const started = Date.now();
  let [pause, timer, asking] = [FIRST, 0, false];

  function wait() {
    clearTimeout(timer);
    if (!document.hidden && Date.now() - started < END) timer = setTimeout(ask, pause);
  }

  async function ask() {
    if (asking) return;
    asking = true;
    pause = Math.min(pause * GROWTH, LONGEST);
    const more = await refreshed();
    asking = false;
    if (more) wait();
    else document.removeEventListener("visibilitychange", seen);
  }

  function seen() {
    clearTimeout(timer);
    if (!document.hidden && Date.now() - started < END) ask();
  }

  document.addEventListener("visibilitychange", seen);
  wait();
}

/** Fetch the page and show its status if that is another one. Return whether to ask again. */
async function refreshed() {
  let fresh;
  try {
    const response = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (!response.ok) return response.status === 429 || response.status >= 500; // false: logged out, or no longer allowed
    fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-connection]");
  } catch {
    return true; // offline for now
  }
  if (!fresh) return false; // the page of a log-in
  if (fresh.dataset.connection === connection.dataset.connection) return true;
  show(fresh);
  return fresh.hasAttribute("data-poll");
}

/** Show another status, which is read out, and drop the notice, which is about the former one. */
function show(fresh) {
  connection.dataset.connection = fresh.dataset.connection;
  connection.querySelector("[data-live]").replaceChildren(...fresh.querySelector("[data-live]").children);
  const actions = connection.querySelector("[data-actions]");
  whenLeft(actions, () => actions.replaceWith(fresh.querySelector("[data-actions]")));
  const notice = document.querySelector("[data-notice]");
  if (notice) whenLeft(notice, () => notice.remove());
}

/** Change an element now or, if it is focused or being sent, when it is left. */
function whenLeft(element, change) {
  const tried = () => element.contains(document.activeElement) || change();
  element.addEventListener("focusout", () => setTimeout(tried));
  tried();
}

/** Say that Altinn is being asked. */
function sent({ target, submitter, defaultPrevented }) {
  if (defaultPrevented) return; // the button was pressed twice
  target.setAttribute("aria-busy", "true");
  target.querySelector("[data-progress]").textContent = submitter?.dataset.busy ?? "";
  setTimeout(idle, SUBMIT_TIMEOUT);
}

function idle() {
  document.querySelectorAll("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy"));
  document.querySelectorAll("[data-progress]").forEach((progress) => progress.replaceChildren());
}
