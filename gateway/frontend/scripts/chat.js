// Sends an answer without leaving the page. Whatever goes wrong, the form still works by itself.
import { start } from "./page.js";

const log = document.getElementById("conversation");
const list = log.querySelector("ol");
const answer = document.getElementById("answer");
const state = document.getElementById("state");
const urgent = document.getElementById("urgent");
let sending = false;

const lastNumber = () => Number(list.lastElementChild?.dataset.number ?? 0);

// A reply can arrive over two ways at once: each message goes in once, at its number.
function add(item) {
  const number = Number(item.dataset.number);
  const there = [...list.children];
  if (there.some((other) => Number(other.dataset.number) === number)) return null;
  const next = there.find((other) => Number(other.dataset.number) > number);
  list.insertBefore(item, next ?? null);
  return item;
}

function show(html, { focus }) {
  const part = new DOMParser().parseFromString(html, "text/html");
  const isNews = [...part.querySelectorAll("#new > li")].some((item) => Number(item.dataset.number) > lastNumber());
  if (!isNews && !focus) return; // told of what is here already
  // what gets the focus is read out anyway: not twice
  log.setAttribute("aria-live", focus ? "off" : "polite");
  list.querySelectorAll("button[form]").forEach((old) => old.remove()); // an old summary changes nothing
  const added = [...part.querySelectorAll("#new > li")].map(add).filter(Boolean);
  const half = focus ? "" : (answer.querySelector("#text")?.value ?? "");
  urgent.replaceChildren(...part.getElementById("urgent").childNodes); // the place may be known by now
  answer.replaceChildren(...part.getElementById("answer").childNodes);
  if (half && answer.querySelector("#text")) answer.querySelector("#text").value = half;
  start(answer);
  if (focus) moveTo(added);
}

const FIRST_SEEN = ["safety", "outcome"]; // whatever is asked after these must not push them out of view

function moveTo(added) {
  const summary = answer.querySelector(".govuk-error-summary");
  if (summary) return summary.focus();
  const said = added.filter((item) => !item.classList.contains("fd-bubble--person"));
  if (!said.length) return;
  const first = said.find((item) => FIRST_SEEN.includes(item.dataset.kind));
  said[0].focus({ preventScroll: true });
  (first ?? said[0]).scrollIntoView({ block: "start" });
  if (first) return;
  // the question with room for its answers below it: on a small screen it goes to the top instead
  if (said.at(-1).getBoundingClientRect().bottom > window.innerHeight / 2) said.at(-1).scrollIntoView({ block: "start" });
}

const SLOW_MS = 8000; // the server itself answers within this, whatever the state of the bot
const LOST_MS = 60000; // a line on which nothing came for so long is dead

async function send(form, submitter) {
  const body = new URLSearchParams(new FormData(form, submitter));
  say("Sending\u2026");
  const slow = setTimeout(() => say("Still sending\u2026 The connection is slow."), SLOW_MS);
  sending = true;
  busy(form, true);
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body,
      headers: { "X-Fragment": String(lastNumber()) },
      signal: AbortSignal.timeout?.(LOST_MS), // old browsers wait for as long as they like
    });
    if (response.headers.get("X-Fragment") === "yes") {
      const html = await response.text();
      say("");
      show(html, { focus: true });
    } else if (response.ok) {
      window.location.reload(); // the conversation has ended: let the server say so
    } else {
      notTaken(form, submitter, response.status);
    }
  } catch {
    notSent(form, submitter, navigator.onLine ? UNSURE : OFFLINE);
  } finally {
    clearTimeout(slow);
    busy(form, false);
    sending = false;
  }
}

const OFFLINE = "Not sent: there is no connection. Your words are still here.";
const UNSURE = "No answer came, so it may not be sent. Your words are still here. It counts only once, however often you try.";
const REFUSED = {
  413: "Not sent: that is too long. Send it in parts.",
  429: "Not sent: that was a lot at once. Wait a moment. In danger, call 999 now.",
};

function notTaken(form, submitter, status) {
  notSent(form, submitter, REFUSED[status] ?? "Not sent. Your words are still here.");
}

function busy(form, on) {
  form.setAttribute("aria-busy", String(on));
  form.dataset.busy = on ? "yes" : "";
}

function say(words) {
  state.replaceChildren(words);
}

// The same form with the same key is sent again, so it can never count twice.
function notSent(form, submitter, why) {
  const again = document.createElement("button");
  again.type = "button";
  again.className = "govuk-button govuk-button--secondary";
  again.textContent = "Try again";
  again.addEventListener("click", () => send(form, submitter));
  say(`${why} `);
  state.append(document.createElement("br"), again);
}

// Late answers and members of staff speak without being asked: the server rings.
async function refresh() {
  if (sending) return; // the answer to what is being sent comes with it
  const headers = { "X-Fragment": String(lastNumber()) };
  try {
    const response = await fetch("/chat", { headers });
    if (response.headers.get("X-Fragment") === "yes") show(await response.text(), { focus: false });
  } catch {
    // no connection: the next ring or the next message brings it
  }
}

answer.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.plain !== undefined) return;
  event.preventDefault();
  if (form.dataset.busy !== "yes") send(form, event.submitter);
});
new EventSource("/chat/updates").addEventListener("news", refresh);
