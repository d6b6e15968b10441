// Draws ideas: a wall of post-its, the newest first; and themes, the largest first, once there are some.

import { el, keep, set, typed, write } from "./dom.js";
import { holder } from "./figures.js";

export function drawWall(parent, wall) {
  if (wall.themes.length > 0) drawThemes(parent, wall);
  else if (wall.newest.length > 0) drawNotes(parent, wall);
  else write(holder(parent, "p", "empty"), wall.empty);
}

function drawNotes(parent, wall) {
  keep(holder(parent, "ul", "wall"), wall.newest, {
    key: (idea) => idea.id,
    make: (idea) => el("li", { class: `note note-${idea.id % 4}` }, typed("")),
    update: (node, idea) => write(node.firstChild, idea.text),
    moves: true,
  });
}

function drawThemes(parent, wall) {
  const groups = wall.themes;
  const list = holder(parent, "ul", "themes");
  set(list, { "--columns": columnsFor(groups.length), "data-many": groups.length > 6 });
  keep(list, groups, { key: (theme) => theme.id, make: newGroup, update: fillGroup, moves: true });
  for (const group of list.children) trim(group);
}

function columnsFor(count) {
  return count <= 3 ? count : count <= 8 ? Math.ceil(count / 2) : 4;
}

function newGroup(theme) {
  return el(
    "li",
    { class: `group theme-${theme.position % 8}` },
    el("div", { class: "group-head" }, el("h3", {}, typed("")), el("p", { class: "group-size" }), el("p", { class: "group-stable" })),
    el("div", { class: "group-share", "aria-hidden": "true" }),
    el("ul", {}),
  );
}

function fillGroup(node, theme) {
  const [head, share, quotes] = node.children;
  write(head.firstChild.firstChild, theme.label);
  write(head.children[1], theme.stability ? `${theme.sentence},` : theme.sentence);
  write(head.lastChild, theme.stability);
  set(head.lastChild, { "data-fragile": theme.isFragile });
  set(share, { "--share": theme.share });
  keep(quotes, theme.quotes, {
    key: (idea) => idea.id,
    make: () => el("li", {}, typed("")),
    update: (quote, idea) => write(quote.firstChild, idea.text),
  });
}

/** A quote that would be cut is shortened, then left out: half a line is worse than none. */
function trim(group) {
  const quotes = [...group.lastElementChild.children];
  const overflows = () => group.scrollHeight > group.clientHeight + 1;
  for (const quote of quotes) quote.hidden = false;
  group.dataset.brief = false;
  if (overflows()) group.dataset.brief = true;
  for (const quote of quotes.reverse()) {
    if (!overflows()) return;
    quote.hidden = true;
  }
}
