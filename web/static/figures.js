// Draws the shapes of results: bars and words. Ideas have a file of their own.

import { el, keep, set, typed, write } from "./dom.js";
import { layOut } from "./cloud.js";

/** Bars in the order the options were asked. Without `rows[].share` (masked) the same bars stand empty: nothing jumps later. */
export function drawBars(parent, rows) {
  const list = holder(parent, "ul", "bars");
  const isMasked = rows.length > 0 && rows[0].share === undefined;
  set(list, { "data-masked": isMasked, "data-size": sizeFor(rows.length) });
  keep(list, rows.map((row, index) => ({ ...row, index })), { key: (row) => row.index, make: newBar, update: fillBar });
}

function sizeFor(count) {
  return count < 4 ? "few" : count < 7 ? "some" : count < 13 ? "many" : "crowd";
}

function newBar() {
  return el(
    "li",
    { class: "bar" },
    el("span", { class: "bar-label" }, typed("")),
    el("span", { class: "bar-figures" }, el("span", { class: "bar-percent" }), el("span", { class: "bar-count" })),
    el("div", { class: "bar-track", "aria-hidden": "true" }, el("div", { class: "bar-fill" })),
  );
}

function fillBar(node, row) {
  write(node.querySelector("bdi"), row.label);
  write(node.querySelector(".bar-percent"), row.percent ?? "–");
  write(node.querySelector(".bar-count"), row.count ?? "–");
  // One frame later, so that a bar that is new grows from nothing.
  requestAnimationFrame(() => node.querySelector(".bar-fill").style.setProperty("--share", row.share ?? 0));
}

/** Words as a cloud; each keeps its count beside it, and its place as long as it can. */
export function drawWords(parent, rows, empty) {
  if (rows.length === 0) {
    write(holder(parent, "p", "empty"), empty);
    return;
  }
  const list = holder(parent, "ul", "cloud");
  keep(list, rows, {
    key: (row) => row.word,
    make: (row) => el("li", { class: `theme-${tone(row.word)}` }, typed(row.word), el("small", {})),
    update: (node, row) => {
      write(node.lastChild, String(row.count));
      set(node.lastChild, { "aria-label": row.said, role: "img" });
      node.dataset.weight = row.weight;
    },
  });
  layOut(list);
}

/** The one child of `parent`, of this tag and class; another kind of drawing makes room for it. */
export function holder(parent, tag, name) {
  const there = parent.firstElementChild;
  if (there?.classList.contains(name)) return there;
  const made = el(tag, { class: name });
  parent.replaceChildren(made);
  return made;
}

function tone(word) {
  let sum = 0;
  for (const letter of word) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return [0, 2, 3, 6, 1][sum % 5];
}
