// The desk works without this. It keeps what is written from being lost or sent twice, and the
// parts of a page that htmx changes in step with the rest.

/** Whether a form holds something written that the server does not have. */
function unsaved(form) {
  if (form.dataset.sent) return false;
  if ("filled" in form.dataset) return true;
  return [...form.elements].some(changed);
}

/** Whether a field differs from what the page came with. A list comes with its first choice. */
function changed(field) {
  if (field.matches("select")) {
    const options = [...field.options];
    const first = options.some((each) => each.defaultSelected) || field.multiple ? undefined : options[0];
    return options.some((each) => each.selected !== (each.defaultSelected || each === first));
  }
  if (field.matches("[type=radio], [type=checkbox]")) return field.checked !== field.defaultChecked;
  if (field.matches("[type=file]")) return field.files.length > 0;
  return field.matches("textarea, input:not([type=hidden])") && field.value !== field.defaultValue;
}

window.addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll("form[data-unsaved]")].some(unsaved)) event.preventDefault();
});

// A second click must not send a form twice while the first is under way. A download leaves the
// page as it is, so nothing tells that one has come: those may be asked for again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post") || "download" in form.dataset) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

/** Every form of a case says which version its writer saw: what htmx showed him counts. */
function keepInStep() {
  const shown = document.getElementById("shown");
  if (!shown) return;
  for (const name of ["version", "seen"]) {
    for (const field of document.querySelectorAll(`input[type=hidden][name=${name}]`)) {
      field.value = shown.dataset[name];
    }
  }
}

function toTheEnd() {
  for (const log of document.querySelectorAll(".case-said")) log.scrollTop = log.scrollHeight;
}

// What somebody writes in a part is not taken from him by news of that part.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if ([...event.target.querySelectorAll("form[data-unsaved]")].some(unsaved)) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:oobAfterSwap", (event) => {
  keepInStep();
  if (event.target.id === "said") toTheEnd();
});
document.addEventListener("htmx:afterSettle", (event) => {
  keepInStep();
  if (event.detail.target.id === "conversation" || event.target.id === "conversation") toTheEnd();
});
toTheEnd();

// htmx says in the console only that the server did not answer; say it on the page.
document.addEventListener("htmx:sendError", () => tell("offline"));
document.addEventListener("htmx:responseError", () => tell("failed"));
function tell(which) {
  const words = document.getElementById("flash")?.dataset[which];
  const list = document.createElement("ul");
  list.className = "messagelist";
  list.append(Object.assign(document.createElement("li"), { className: "error", textContent: words }));
  document.getElementById("flash")?.replaceChildren(list);
}

if (location.hash === "#search") document.querySelector("input[type=search]")?.focus();
