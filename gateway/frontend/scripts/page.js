// Starts what a page holds. Every page works without any of it.
import { Checkboxes, ErrorSummary, ExitThisPage, Radios, createAll } from "./govuk-frontend.js";

// Leaves even with no connection: the other page is asked for at once, ours is told on the side.
class LeaveAtOnce extends ExitThisPage {
  exitPage() {
    document.body.classList.add("govuk-exit-this-page-hide-content");
    document.title = "\u200b";
    navigator.sendBeacon("/exit");
    window.location.replace(this.$root.dataset.away);
  }
}

export function start(scope) {
  for (const part of [Checkboxes, ErrorSummary, Radios]) createAll(part, undefined, scope);
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(LeaveAtOnce);
start(document);

const printer = document.querySelector("[data-print]");
if (printer) {
  printer.hidden = false;
  printer.addEventListener("click", () => window.print());
}
if (document.getElementById("conversation")) import("./chat.js").then(() => document.body.classList.add("fd-live"));
