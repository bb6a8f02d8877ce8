// Before the page is drawn: tell the styles that scripts run.
document.documentElement.classList.add("fd-scripts");
document.addEventListener("DOMContentLoaded", () => {
  document.body.classList.add("js-enabled");
  if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
});
// A page taken out of the browser's memory by "Back" may belong to somebody who left: ask the server again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
