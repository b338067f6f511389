// Every action of the desk by one key. An element names its keys in data-keys ("t", "n j", "g q"):
// a link or button is pressed, a choice is made, anything else has its first field focused. What
// moves money or a case at once is data-deliberate: the key leads to the button, Enter presses it.
// data-panel="3" is the part that the digit leads to; of several data-row the one with the focus is
// meant. No key acts while somebody types, and all can be switched off.
const overlay = document.getElementById("keys");
const onOff = document.getElementById("keys-on");
const TYPING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit], [type=button])";
const FIELD = "textarea, input:not([type=hidden], [type=radio]), input[type=radio]:checked, select";
const ROWS = ".desk-rows th a, [data-row] h2 a, [data-row] input[type=checkbox]";
let first = ""; // the first key of two, "g"
let forget = 0;

const isOn = () => localStorage.getItem("desk-keys") !== "off";

/** The visible elements that answer to `key`: two-key sequences are written "g q". */
function holders(key) {
  return [...document.querySelectorAll("[data-keys]")].filter((element) => {
    const keys = element.dataset.keys;
    return (keys === key || (!/^g /.test(keys) && keys.split(" ").includes(key))) && element.checkVisibility();
  });
}

/** The one that is meant: of the row with the focus; else the one after that with the focus. */
function holder(key) {
  const all = holders(key);
  const row = document.activeElement.closest("[data-row]");
  const at = all.findIndex((element) => element.contains(document.activeElement));
  return all.find((element) => row?.contains(element)) ?? all[at + 1] ?? all[0];
}

function use(element) {
  if (element.matches("[data-deliberate]")) {
    element.focus();
    return;
  }
  if (element.matches("a, button")) {
    element.click();
    return;
  }
  if (element.matches("[type=radio]")) {
    element.click();
    (element.form.querySelector("textarea") ?? element).focus();
    return;
  }
  const picture = element.querySelector("a[data-picture]");
  if (picture) {
    picture.click();
    return;
  }
  if (element.matches("details")) element.open = true;
  const inside = [...element.querySelectorAll(FIELD), ...element.querySelectorAll("a, button")];
  const field = inside.find((each) => each.checkVisibility());
  element.scrollIntoView({ block: "nearest" });
  (field ?? element).focus();
}

function toPanel(digit) {
  const panels = [...document.querySelectorAll(`[data-panel="${digit}"]`)];
  const panel = panels[panels.indexOf(document.activeElement) + 1] ?? panels[0];
  panel?.focus({ preventScroll: true });
  panel?.scrollIntoView({ block: "start" });
  return panel;
}

/** j and k walk along a list of cases; a case page has links for them instead. */
function alongRows(key) {
  const links = [...document.querySelectorAll(ROWS)];
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
  if (event.repeat && !["j", "k"].includes(event.key)) return;
  if (["Shift", "CapsLock", "NumLock"].includes(event.key)) return; // no key of its own
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
  if (opener && overlay) showOnlyWhatActs();
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
});

/** Whether the page as it is now has something for this key. */
function acts(key) {
  if (key === "j" && document.querySelector(ROWS)) return true;
  if (key === "Enter") return Boolean(document.querySelector(".desk-rows th a, [data-row] h2 a"));
  return Boolean(holder(key) || document.querySelector(`[data-panel="${key}"]`));
}

function showOnlyWhatActs() {
  for (const part of overlay.querySelectorAll("[data-for], [data-where]")) {
    const { for: key, where } = part.dataset;
    part.hidden = Boolean((key && !acts(key)) || (where && !document.querySelector(where)));
  }
  for (const section of overlay.querySelectorAll("section:not([hidden])")) {
    section.hidden = !section.querySelector("dl > div:not([hidden])");
  }
}

if (overlay) {
  document.querySelector(".desk-help")?.removeAttribute("hidden");
  onOff.checked = isOn();
  document.body.classList.toggle("keys-on", isOn());
  onOff.addEventListener("change", () => {
    localStorage.setItem("desk-keys", onOff.checked ? "on" : "off");
    document.body.classList.toggle("keys-on", onOff.checked);
  });
}
