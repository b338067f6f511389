// On a narrow window a table's rows become cards (redress.css): each cell then has to say what its
// column's heading said. Without this script the table scrolls within its own frame.
"use strict";

for (const table of document.querySelectorAll("#result_list, table.cards, #change-history")) {
  const headings = [...table.querySelectorAll("thead th")].map((th) => th.textContent.trim());
  if (!headings.length) continue;
  for (const row of table.tBodies[0]?.rows ?? []) {
    [...row.cells].forEach((cell, i) => {
      if (headings[i]) cell.dataset.label = headings[i];
    });
  }
  table.classList.add("labelled");
}

// On a narrow window the sections are one row to be pushed along: begin where the reader is.
document.querySelector(".site-links [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
