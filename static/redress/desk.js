// The desk works without this: it only saves a hand the way to the mouse.
"use strict";

document.querySelector(".desk-keys")?.removeAttribute("hidden");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key === "/") {
    const search = document.querySelector(".desk-filters input[type=search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
  if (event.key === "j" || event.key === "k") {
    const links = [...document.querySelectorAll(".desk-rows th a")];
    const at = links.indexOf(document.activeElement);
    const next = links[at + (event.key === "j" ? 1 : -1)] ?? links[0];
    next?.focus();
  }
});

// A second click must not send a form twice while the first is under way.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
