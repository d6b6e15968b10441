// Draws the board: a column for each theme, what is loose at the end, a post-it for each idea.

import { el, keep, set, typed, write } from "./dom.js";
import { say } from "./say.js";

/** `onRename(theme, label)`, `onMerge(theme)`, `onMove(idea)`, `onHide(idea)` and `onMore()` are called with what is shown. */
export function drawColumns(board, state, actions) {
  keep(board, [...state.themes, state.loose], {
    key: (theme) => theme.id ?? "loose",
    make: (theme) => newColumn(theme, actions),
    update: fillColumn,
    moves: true,
  });
}

function newColumn(theme, actions) {
  const isLoose = theme.id === null;
  const node = el("section", { class: `column ${isLoose ? "theme-none" : `theme-${theme.position % 8}`}`, "data-theme-id": theme.id ?? "" });
  const head = el("header", { class: "column-head" });
  const facts = el(
    "p",
    { class: "column-facts" },
    el("span", { class: "count" }),
    el("span", { class: "stability", title: say("stabilityWhy") }),
    el("span", { class: "chip chip-warm fragile", title: say("fragileWhy") }, say("fragile")),
  );
  const parts = el("p", { class: "parts", role: "group", "aria-label": say("parts") });
  if (isLoose) head.append(el("h2", {}, typed("")), facts, parts);
  else {
    facts.append(el("button", { class: "button button-small merge", type: "button", onclick: () => actions.onMerge(node.theme) }, say("merge")));
    head.append(newName(node, actions), facts, parts);
  }
  node.append(head, el("ul", { class: "posts", "data-empty": say("empty") }), el("button", { class: "button button-small more", type: "button", onclick: actions.onMore }));
  node.actions = actions;
  return node;
}

function newName(node, actions) {
  const name = el("input", { class: "column-name", maxlength: 80, "aria-label": say("name"), title: say("nameHint"), dir: "auto", autocomplete: "off" });
  name.addEventListener("keydown", (event) => {
    if (event.key === "Escape") name.value = node.theme.label;
    if (event.key === "Enter" || event.key === "Escape") name.blur();
  });
  name.addEventListener("blur", () => {
    if (name.value.trim() !== node.theme.label) actions.onRename(node.theme, name.value);
  });
  return name;
}

function fillColumn(node, theme) {
  node.theme = theme;
  set(node, { "aria-label": theme.label });
  const name = node.querySelector(".column-name");
  if (!name) write(node.querySelector("h2 bdi"), theme.label);
  else if (name !== document.activeElement) name.value = theme.label;
  write(node.querySelector(".count"), theme.countSentence);
  node.querySelector(".fragile").hidden = !theme.isFragile;
  write(node.querySelector(".stability"), theme.stability ?? "");
  fillParts(node, theme.parts);
  const more = node.querySelector(".more");
  more.hidden = !theme.more;
  write(more, theme.more);
  keep(node.querySelector(".posts"), theme.ideas, {
    key: (idea) => idea.id,
    make: () => newPost(node.actions),
    update: (post, idea) => {
      fillPost(post, idea);
      post.hidden = node.shownPart !== undefined && idea.part !== node.shownPart;
    },
    moves: true,
  });
}

/**
 * Sub-themes, or the reasons why ideas are in no theme: each one shows its own post-its alone, pressed again all of them.
 * Which one is shown is `shownPart`: every element has a `part` of its own (CSS), which is never undefined.
 */
function fillParts(node, parts) {
  if (node.shownPart >= parts.length) node.shownPart = undefined;
  const box = node.querySelector(".parts");
  box.hidden = parts.length === 0;
  keep(box, parts.map((part, place) => ({ ...part, place })), {
    key: (part) => part.place,
    make: (part) => el("button", { class: "button button-small part", type: "button", onclick: () => choosePart(node, part.place) }, typed(""), el("b")),
    update: (button, part) => {
      write(button.firstChild, part.label);
      write(button.lastChild, String(part.count));
      set(button, { "aria-pressed": node.shownPart === part.place });
    },
  });
}

function choosePart(node, place) {
  node.shownPart = node.shownPart === place ? undefined : place;
  fillColumn(node, node.theme);
}

function newPost(actions) {
  const post = el("li", { class: "post" });
  const button = (name, action) => el("button", { class: `button button-small ${name}`, type: "button", onclick: () => action(post.idea) });
  post.append(
    el("p", { class: "post-text" }, typed("")),
    el(
      "p",
      { class: "post-foot" },
      el("span", { class: "post-marks" }),
      el("span", { class: "post-tools" }, button("hide", actions.onHide), button("move", actions.onMove), el("i", { class: "grip", "aria-hidden": "true" })),
    ),
  );
  post.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.toLowerCase() === "m") actions.onMove(post.idea);
    if (event.key.toLowerCase() === "h") actions.onHide(post.idea);
  });
  return post;
}

function fillPost(post, idea) {
  post.idea = idea;
  set(post, { "data-idea-id": idea.id, "data-hidden": idea.isHidden });
  write(post.querySelector("bdi"), idea.text);
  const marks = [say("number", { number: idea.number }), idea.isHidden && say("hidden"), idea.isPinned && say("pinned"), idea.said];
  write(post.querySelector(".post-marks"), marks.filter(Boolean).join(" · "));
  const [hide, move] = [post.querySelector(".hide"), post.querySelector(".move")];
  write(hide, say(idea.isHidden ? "show" : "hide"));
  set(hide, { "aria-label": `${say(idea.isHidden ? "show" : "hide")} · ${say("number", { number: idea.number })}` });
  write(move, say("move"));
  set(move, { "aria-label": `${say("move")} · ${say("number", { number: idea.number })}` });
}
