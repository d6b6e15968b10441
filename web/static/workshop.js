// One workshop for those who steer it: its activities as they stand, the newest first.

import { el, keep, set, typed, write } from "./dom.js";
import { drawBars } from "./figures.js";
import { follow } from "./live.js";
import { say } from "./say.js";

const at = (id) => document.getElementById(id);

follow(document.body.dataset.live, {
  onState: show,
  onLink: (isLive) => {
    set(at("link"), { "data-state": isLive ? "live" : "lost" });
    write(at("link"), say(isLive ? "live" : "lost"));
  },
});

function show(state) {
  if (state.version !== document.body.dataset.version) location.reload();
  write(at("title"), state.title);
  write(at("joined"), state.joinedSentence);
  at("empty").hidden = state.activities.length > 0;
  write(at("empty"), state.empty);
  keep(at("activities"), state.activities, { key: (activity) => activity.id, make: newCard, update: fillCard });
}

function newCard() {
  const part = (name, tag = "p") => el(tag, { class: name });
  return el(
    "li",
    { class: "card activity" },
    el("p", { class: "activity-head" }, part("heading", "span"), part("phase", "span"), part("times", "span"), part("shown", "span")),
    el("h3", { class: "question" }, typed("")),
    el("div", { class: "share", "aria-hidden": "true" }, el("div", { class: "share-fill" })),
    el("p", { class: "line" }, part("answered", "b"), part("presence soft", "span"), part("unreachable warn", "span")),
    part("figures", "div"),
    el("p", { class: "line" }, part("ideas", "b"), el("a", { class: "button themes" }, say("toThemes"))),
    part("note soft"),
  );
}

function fillCard(card, activity) {
  const text = (name, sentence) => {
    const node = card.querySelector(`.${name}`);
    node.hidden = !sentence;
    write(node, sentence);
  };
  text("heading", activity.heading);
  text("phase", activity.phaseSentence);
  set(card.querySelector(".phase"), { class: activity.phase === "open" ? "phase chip chip-open" : "phase chip" });
  text("times", activity.times.sentence);
  text("shown", activity.phase === "draft" ? "" : activity.shown);
  write(card.querySelector(".question bdi"), activity.question);
  const { answered, expected, sentence } = activity.progress;
  set(card.querySelector(".share"), { "--share": expected ? answered / expected : 0 });
  text("answered", sentence);
  text("presence", activity.presence);
  text("unreachable", activity.unreachable);
  text("ideas", activity.ideas);
  text("note", activity.figures?.note ?? "");
  set(card.querySelector(".themes"), { href: activity.themes || null });
  card.querySelector(".themes").hidden = !activity.themes;
  drawFigures(card.querySelector(".figures"), activity.figures);
}

function drawFigures(parent, figures) {
  if (figures?.shape === "bars") drawBars(parent, figures.rows);
  else if (figures?.shape === "words") drawWordList(parent, figures.rows);
  else parent.replaceChildren();
}

function drawWordList(parent, rows) {
  const list = parent.firstElementChild ?? parent.appendChild(el("ul", { class: "word-list" }));
  keep(list, rows, {
    key: (row) => row.word,
    make: () => el("li", {}, typed(""), el("b", {})),
    update: (node, row) => {
      write(node.firstChild, row.word);
      write(node.lastChild, String(row.count));
    },
  });
}
