// Keys and live news for the queue. Everything works without this file.
const rows = [...document.querySelectorAll("#queue tbody a.strong")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /INPUT|TEXTAREA|SELECT/.test(event.target.tagName)) return;
  const at = rows.indexOf(document.activeElement);
  if (event.key === "j") rows[Math.min(at + 1, rows.length - 1)]?.focus();
  if (event.key === "k") rows[Math.max(at - 1, 0)]?.focus();
  if (event.key === "/") {
    const search = document.getElementById("q");
    if (!search) return;
    event.preventDefault();
    search.closest("details").open = true;
    search.focus();
  }
});

document.querySelector(".problems")?.focus();

const live = document.getElementById("live");
if (live && "EventSource" in window) {
  const source = new EventSource(live.dataset.live);
  source.addEventListener("news", (event) => {
    const news = document.getElementById("news");
    news.textContent = event.data + " ";
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = "Show the queue as it is now";
    news.append(link);
  });
  window.addEventListener("pagehide", () => source.close());
}
