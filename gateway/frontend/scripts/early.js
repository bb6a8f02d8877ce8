// A page taken out of the browser's memory by "Back" may belong to somebody who left: ask the server again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
