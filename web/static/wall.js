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
}

function columnsFor(count) {
  return count <= 3 ? count : count === 9 ? 3 : Math.min(4, Math.ceil(count / 2));
}

function newGroup(theme) {
  return el(
    "li",
    { class: `group theme-${theme.position % 8}` },
    el("h3", {}, typed("")),
    el("div", { class: "group-facts" }, el("p", { class: "group-size" }), el("p", { class: "group-fragile" })),
    el("div", { class: "group-track", "aria-hidden": "true" }, el("div", { class: "group-share" })),
    el("ul", {}),
  );
}

function fillGroup(node, theme) {
  const [name, facts, track, quotes] = node.children;
  const [size, fragile] = facts.children;
  write(name.firstChild, theme.label);
  set(track.firstChild, { "--share": theme.share });
  write(size, theme.sentence);
  write(fragile, theme.fragile);
  keep(quotes, theme.quotes, {
    key: (idea) => idea.id,
    make: () => el("li", {}, typed("")),
    update: (quote, idea) => write(quote.firstChild, idea.text),
  });
}

/** How many quotes of how many lines a card may show, the most first. */
const ROOMS = [[2, 3], [2, 2], [1, 3], [1, 2], [1, 1], [0, 0]];

/** Once the letters have their size, show in each card the most that is not cut: half a line is worse than none. */
export function trimQuotes(parent) {
  for (const group of parent.querySelectorAll(".group")) {
    const list = group.lastElementChild;
    ROOMS.find((room) => {
      show(list, room);
      return list.scrollHeight <= list.clientHeight + 1;
    });
  }
}

function show(list, [most, lines]) {
  set(list, { "--lines": lines });
  [...list.children].forEach((quote, place) => (quote.hidden = place >= most));
}
