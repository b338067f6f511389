// Every action of the desk by one key. An element names its keys in data-keys ("t", "n j", "g q"):
// a link or button is pressed, anything else has its first field focused. data-panel="3" is the
// part that the digit leads to. No key acts while somebody types, and all can be switched off.
const overlay = document.getElementById("keys");
const onOff = document.getElementById("keys-on");
const TYPING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit], [type=button])";
const FIELD = "textarea, input:not([type=hidden], [type=radio]), input[type=radio]:checked, select";
let first = ""; // the first key of two, "g"
let forget = 0;

const isOn = () => localStorage.getItem("desk-keys") !== "off";

/** The visible element that answers to `key`: two-key sequences are written "g q". */
function holder(key) {
  for (const element of document.querySelectorAll("[data-keys]")) {
    const keys = element.dataset.keys;
    const answers = keys === key || (!/^g /.test(keys) && keys.split(" ").includes(key));
    if (answers && element.checkVisibility()) return element;
  }
  return null;
}

function use(element) {
  if (element.matches("a, button")) {
    element.click();
    return;
  }
  const picture = element.querySelector("a[data-picture]");
  if (picture) {
    picture.click();
    return;
  }
  if (element.matches("details")) element.open = true;
  const field = [...element.querySelectorAll(FIELD)].find((each) => each.checkVisibility());
  element.scrollIntoView({ block: "nearest" });
  (field ?? element).focus();
}

function toPanel(digit) {
  const panel = document.querySelector(`[data-panel="${digit}"]`);
  panel?.focus({ preventScroll: true });
  panel?.scrollIntoView({ block: "start" });
  return panel;
}

/** j and k walk along a list of cases; a case page has links for them instead. */
function alongRows(key) {
  const links = [...document.querySelectorAll(".desk-rows th a")];
  if (!links.length || !["j", "k"].includes(key)) return false;
  const at = links.indexOf(document.activeElement);
  const next = links[at + (key === "j" ? 1 : -1)] ?? links[at < 0 ? 0 : at];
  next.focus();
  return true;
}

function act(key) {
  const sequence = first ? `${first} ${key}` : key;
  first = "";
  clearTimeout(forget);
  const element = holder(sequence);
  if (element) {
    use(element);
    return true;
  }
  if (sequence === "g") {
    first = "g";
    forget = setTimeout(() => { first = ""; }, 1500);
    return true;
  }
  return alongRows(sequence) || (/^[1-9]$/.test(sequence) && Boolean(toPanel(sequence)));
}

document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    target.closest("form")?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (target.closest(TYPING)) {
    if (event.key === "Escape") target.blur();
    return;
  }
  if (document.querySelector("dialog[open]")) return;
  if (event.key !== "?" && !isOn()) return;
  if (act(event.key)) event.preventDefault();
});

// A window opened by a button; the browser keeps the focus inside it and gives it back.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
});

function showOnlyWhatActs() {
  for (const row of overlay.querySelectorAll("[data-for]")) {
    const key = row.dataset.for;
    const rows = document.querySelector(".desk-rows th a");
    const there = ["j", "Enter"].includes(key) && rows;
    row.hidden = !(there || holder(key) || document.querySelector(`[data-panel="${key}"]`));
  }
}

if (overlay) {
  document.querySelector(".desk-help")?.removeAttribute("hidden");
  showOnlyWhatActs();
  onOff.checked = isOn();
  document.body.classList.toggle("keys-on", isOn());
  onOff.addEventListener("change", () => {
    localStorage.setItem("desk-keys", onOff.checked ? "on" : "off");
    document.body.classList.toggle("keys-on", onOff.checked);
  });
}
