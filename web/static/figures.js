// Draws the shapes of results: bars and words. Ideas have a file of their own.

import { el, keep, set, typed, write } from "./dom.js";
import { drawCloud, drawLines } from "./cloud.js";

const MOST_LINES = 20;

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

/** Words as the cloud the server laid out; a list of them until the first one comes. */
export function drawWords(parent, rows, cloud, empty) {
  if (rows.length === 0) write(holder(parent, "p", "empty"), empty);
  else if (cloud) drawCloud(holder(parent, "div", "cloud"), cloud);
  else drawLines(holder(parent, "ul", "words"), rows.slice(0, MOST_LINES));
}

/** The one child of `parent`, of this tag and class; another kind of drawing makes room for it. */
export function holder(parent, tag, name) {
  const there = parent.firstElementChild;
  if (there?.classList.contains(name)) return there;
  const made = el(tag, { class: name });
  parent.replaceChildren(made);
  return made;
}
