// The review page: the themes as columns of post-its, corrected by hand, and moved by the other organisers' hands too.

import { ledger } from "./changes.js";
import { drawColumns } from "./columns.js";
import { hide, merge, move, rename, unite } from "./corrections.js";
import { isCalm, set, write } from "./dom.js";
import { dragPosts } from "./dragging.js";
import { follow } from "./live.js";
import { mapOf } from "./map.js";
import { pick } from "./picker.js";
import { drawProposals } from "./proposals.js";
import { say } from "./say.js";

const at = (id) => document.getElementById(id);
const { address, token, version } = document.body.dataset;
const SAID_FOR = 7_000;

let shown = null;
const followMap = mapOf(at("map"), at("map-drawing"), address, goTo);
let saidUntil = 0;

const changes = ledger({
  address,
  token,
  draw,
  tell: (sentence) => announce(sentence, "done"),
  complain: (sentence) => announce(sentence, "refused"),
  failed: say("failed"),
});

follow(`${address}/direct${location.search}`, {
  onState: (state) => {
    if (state.version !== version) location.reload();
    changes.receive(state);
  },
  onLink: (isLive) => {
    if (at("link").dataset.state === "lost" && isLive) changes.reconnected();
    set(at("link"), { "data-state": isLive ? "live" : "lost" });
    write(at("link"), say(isLive ? "live" : "lost"));
  },
});

const correct = (body, apply) => changes.make("corrections", body, apply);
const undo = () => shown?.undo && changes.make("annuler", {});

const actions = {
  onRename: (theme, label) => correct({ do: "rename", theme: theme.id, label }, rename(theme.id, label)),
  onMerge: async (theme) => {
    const others = shown.themes.filter((other) => other.id !== theme.id);
    const kept = await pick(say("mergeInto", { label: theme.label }), others);
    if (kept) correct({ do: "merge", theme: kept.id, merged: theme.id }, merge(kept.id, theme.id));
  },
  onMove: async (idea) => {
    const elsewhere = [...shown.themes, shown.loose].filter((column) => !column.ideas.some((other) => other.id === idea.id));
    const target = await pick(say("moveTo", { number: idea.number }), elsewhere);
    if (!target) return;
    moveTo(idea.id, target.id);
    document.querySelector(`[data-idea-id="${idea.id}"] .move`)?.focus();
  },
  onHide: (idea) => correct({ do: idea.isHidden ? "show" : "hide", idea: idea.id }, hide(idea.id, !idea.isHidden)),
  onMore: () => location.assign(`${location.pathname}?tout`),
};

function moveTo(ideaId, themeId) {
  correct({ do: "move", idea: ideaId, theme: themeId }, move(ideaId, themeId));
}

function draw(state) {
  shown = state;
  for (const name of ["count", "grouped", "coverage", "working", "guard"]) write(at(name), state[name]);
  write(at("too-few"), state.tooFew);
  at("regroup").disabled = !state.canGroup;
  at("undo").disabled = !state.undo;
  write(at("undo"), state.undo || say("undoNone"));
  drawColumns(at("board"), state, actions);
  drawProposals(state.proposals, (kept, copy) => correct({ do: "same", idea: kept.id, copy: copy.id }, unite(kept.id, copy.id)));
  showCreated(state);
  followMap(`${state.grouped} ${state.tick}`);
}

let awaited = null;

/** Ask for a new theme, and remember what to look for: it comes last, out of sight when there are many. */
function create(typed) {
  const label = typed.trim().replace(/\s+/g, " ");
  awaited = { label, known: new Set(shown.themes.map((theme) => theme.id)) };
  correct({ do: "create", label });
}

function showCreated(state) {
  const made = awaited && state.themes.find((theme) => theme.label === awaited.label && !awaited.known.has(theme.id));
  if (!made) return;
  awaited = null;
  const column = document.querySelector(`[data-theme-id="${made.id}"]`);
  column.scrollIntoView({ behavior: isCalm() ? "auto" : "smooth", block: "nearest", inline: "center" });
  set(column, { "data-new": true });
  setTimeout(() => set(column, { "data-new": null }), SAID_FOR);
}

function goTo(ideaId) {
  const post = document.querySelector(`[data-idea-id="${ideaId}"]`);
  post?.scrollIntoView({ behavior: "smooth", block: "center", inline: "center" });
  post?.querySelector("button")?.focus({ preventScroll: true });
}

function announce(sentence, kind) {
  const box = at("said");
  set(box, { "data-kind": kind });
  box.textContent = sentence;
  clearTimeout(saidUntil);
  saidUntil = setTimeout(() => (box.textContent = ""), SAID_FOR);
}

dragPosts(at("board"), moveTo);
at("undo").addEventListener("click", undo);
at("regroup").addEventListener("click", () => changes.make("regrouper", {}));
at("create").addEventListener("click", () => {
  at("new-name").value = "";
  at("naming").showModal();
});
at("naming-cancel").addEventListener("click", () => at("naming").close(""));
at("naming-form").addEventListener("submit", () => create(at("new-name").value));
addEventListener("keydown", (event) => {
  const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
  if (!isUndo || event.target.closest("input, dialog")) return;
  event.preventDefault();
  undo();
});
