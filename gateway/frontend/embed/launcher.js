// One script tag on a council's own site gives a link to the front door. It sets no cookie, asks for nothing
// else, and tells us nothing about the visitor: the link is an ordinary link to our own page.
(() => {
  const script = document.currentScript;
  const { label, into, language } = script.dataset;
  const link = document.createElement("a");
  link.href = new URL("/", script.src).href;
  link.referrerPolicy = "no-referrer";
  link.textContent = label || "Help for a child or family";
  if (language) link.lang = language;

  // through the object model, not a style attribute: a site with a strict policy allows this
  const place = (element, rules) => Object.assign(element.style, rules);
  const looks = {
    display: "inline-block",
    padding: "12px 20px",
    font: "700 19px/1.3 arial, sans-serif",
    color: "#ffffff",
    background: script.dataset.colour || "#1f5a54",
    border: "2px solid #ffffff",
    borderRadius: "4px",
    textDecoration: "underline",
  };

  const show = () => {
    const home = into && document.querySelector(into);
    if (home) return home.append(link); // the site's own place and looks
    place(link, looks);
    const corner = document.createElement("aside");
    corner.setAttribute("aria-label", link.textContent);
    place(corner, { position: "fixed", right: "16px", bottom: "16px", zIndex: "1000" });
    corner.append(link);
    document.body.append(corner);
  };
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", show) : show();
})();
