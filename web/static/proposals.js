// What the machine proposes: pairs of ideas that look or mean the same, united by one press; messages that hold several ideas.

import { el, keep, typed, write } from "./dom.js";
import { say } from "./say.js";

const at = (id) => document.getElementById(id);

/** `onSame(kept, copy)` is called with two ideas that people say are one. */
export function drawProposals(proposals, onSame) {
  at("proposals").hidden = proposals.count === 0;
  write(at("proposals-title"), proposals.title);
  write(at("copies-title"), proposals.copiesTitle);
  write(at("paraphrases-title"), proposals.paraphrasesTitle);
  write(at("splits-title"), proposals.splitsTitle);
  at("splits-title").hidden = proposals.splitsTitle === proposals.title;
  write(at("splits-how"), proposals.splitsHow);
  for (const name of ["copies", "paraphrases"]) {
    keep(at(name), proposals[name], {
      key: (pair) => `${pair.kept.id}-${pair.copy.id}`,
      make: () => newPair(onSame),
      update: fillPair,
    });
  }
  keep(at("splits"), proposals.splits, { key: (idea) => idea.id, make: newSplit, update: fillSplit });
}

function newPair(onSame) {
  const node = el("li", { class: "pair" });
  node.append(
    el("blockquote", {}, typed("")),
    el("blockquote", {}, typed("")),
    el("p", { class: "line soft" }, el("button", { class: "button button-small", type: "button", onclick: () => onSame(node.pair.kept, node.pair.copy) }, say("same")), el("span")),
  );
  return node;
}

function fillPair(node, pair) {
  node.pair = pair;
  const [kept, copy, foot] = node.children;
  write(kept.firstChild, pair.kept.text);
  write(copy.firstChild, pair.copy.text);
  const numbers = `${say("number", { number: pair.kept.number })}, ${pair.copy.number}`;
  write(foot.lastChild, pair.likeness ? `${numbers} · ${pair.likeness}` : numbers);
}

function newSplit() {
  return el("li", { class: "pair" }, el("p", { class: "soft" }), el("ol", { class: "split-parts" }));
}

function fillSplit(node, idea) {
  write(node.firstChild, say("splitInto", { number: idea.number }));
  keep(node.lastChild, idea.parts.map((text, place) => ({ text, place })), {
    key: (part) => part.place,
    make: () => el("li", {}, typed("")),
    update: (item, part) => write(item.firstChild, part.text),
  });
}
