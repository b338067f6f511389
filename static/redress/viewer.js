// The photo viewer: pictures of both sides and of the listing, large, side by side, turned and
// enlarged together. It gathers the page's links with data-picture; without it they open the photo.
const dialog = document.getElementById("viewer");
const stage = dialog?.querySelector(".viewer-panes");
const original = document.getElementById("viewer-original");
const NEAREST = 8;
let panes = []; // what is shown: { link, turn }
let scale = 1;
let x = 0;
let y = 0;

const links = () => [...document.querySelectorAll("a[data-picture]")];

function pane(link) {
  const figure = dialog.querySelector("template").content.firstElementChild.cloneNode(true);
  const image = figure.querySelector("img");
  image.src = link.href;
  image.alt = link.querySelector("img").alt;
  figure.querySelector("strong").textContent = link.dataset.owner;
  figure.querySelector("span").textContent = [link.dataset.caption, link.dataset.facts].filter(Boolean).join(" · ");
  return figure;
}

function place() {
  stage.querySelectorAll("img").forEach((image, i) => {
    image.style.transform = `translate(${x}px, ${y}px) scale(${scale}) rotate(${panes[i].turn * 90}deg)`;
  });
  dialog.querySelector("output").textContent = `${Math.round(scale * 100)} %`;
}

function whole() {
  [scale, x, y] = [1, 0, 0];
}

function show() {
  whole();
  stage.replaceChildren(...panes.map(({ link }) => pane(link)));
  stage.dataset.count = panes.length;
  const all = links();
  dialog.querySelector(".viewer-at").textContent = `${all.indexOf(panes[0].link) + 1} / ${all.length}`;
  const sent = panes.at(-1).link.parentElement.querySelector(".case-original");
  original.hidden = !sent;
  if (sent) original.href = sent.href;
  dialog.querySelector("[data-do=compare]").setAttribute("aria-pressed", String(panes.length > 1));
  place();
}

function step(by) {
  const all = links();
  const last = panes.length - 1;
  let at = all.indexOf(panes[last].link);
  do at = (at + by + all.length) % all.length;
  while (panes.slice(0, last).some(({ link }) => link === all[at]));
  panes[last] = { link: all[at], turn: 0 };
  show();
}

function zoom(by) {
  scale = Math.min(NEAREST, Math.max(1, scale * by));
  if (scale === 1) whole();
  place();
}

/** What to put beside the pictures in view: the listing's, then the other side's, else the next. */
function another() {
  const owners = panes.map(({ link }) => link.dataset.owner);
  const others = links().filter((link) => !owners.includes(link.dataset.owner));
  const listing = others.find((link) => link.dataset.picture.startsWith("listing-"));
  const next = panes.length === 1 ? links().find((link) => link !== panes[0].link) : undefined;
  return listing ?? others[0] ?? next;
}

/** One picture more in view, up to one of each side; then the first alone again. */
function compare() {
  const link = another();
  panes = link ? [...panes, { link, turn: 0 }] : panes.slice(0, 1);
  show();
}

const DO = {
  previous: () => step(-1),
  next: () => step(1),
  larger: () => zoom(1.25),
  smaller: () => zoom(0.8),
  whole: () => { whole(); place(); },
  turn: () => { panes[panes.length - 1].turn += 1; place(); },
  compare,
  original: () => { if (!original.hidden) original.click(); },
};
const KEYS = { ArrowLeft: "previous", ArrowRight: "next", "+": "larger", "=": "larger", "-": "smaller", 0: "whole", r: "turn", c: "compare", o: "original" };

function open(link) {
  panes = [{ link, turn: 0 }];
  const beside = document.querySelector(`a[data-picture="${link.dataset.beside}"]`);
  if (beside) panes.unshift({ link: beside, turn: 0 });
  show();
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-picture]");
  if (link && dialog && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    open(link);
  }
  const button = event.target.closest("[data-do]");
  if (button) DO[button.dataset.do]();
});

dialog?.addEventListener("keydown", (event) => {
  const name = KEYS[event.key];
  if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  DO[name]();
});

stage?.addEventListener("wheel", (event) => {
  event.preventDefault();
  zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
}, { passive: false });

stage?.addEventListener("pointerdown", (event) => {
  stage.setPointerCapture(event.pointerId);
  const from = { x: event.clientX - x, y: event.clientY - y };
  const drag = (move) => {
    if (scale > 1) [x, y] = [move.clientX - from.x, move.clientY - from.y];
    place();
  };
  stage.addEventListener("pointermove", drag);
  stage.addEventListener("pointerup", () => stage.removeEventListener("pointermove", drag), { once: true });
});
