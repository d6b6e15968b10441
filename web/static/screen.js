// The projected page: shows each state its stream brings, and answers three keys.

import { el, keep, set, write } from "./dom.js";
import { countdown } from "./countdown.js";
import { drawBars, drawWords, holder } from "./figures.js";
import { drawWall, trimQuotes } from "./wall.js";
import { drawCloud } from "./cloud.js";
import { fit } from "./fit.js";
import { follow } from "./live.js";
import { say, teller } from "./say.js";
import { tools } from "./tools.js";

const MOST_SEATS = 60;
const at = (id) => document.getElementById(id);
const aim = countdown(at("clock"), at("clock-time"));
const tell = teller(at("status"), 10_000);

let shown = null;
let isPaused = false;
let isLive = true;
let phase = "";

const watched = {
  onState: (state) => {
    if (state.version !== document.body.dataset.version) location.reload();
    if (isPaused) waiting = state;
    else show(state);
  },
  onLink: (live) => {
    isLive = live;
    drawLink();
  },
};

let isCloud = false;
let stop = watch();

/** The stream of what this page shows: post-its or cloud, for a wall or for a phone. */
function watch() {
  return follow(`${document.body.dataset.live}?vue=${isCloud ? "nuage" : "notes"}&forme=${isTall() ? "haute" : "large"}`, watched);
}

function watchAgain() {
  stop();
  stop = watch();
}

function isTall() {
  return innerHeight > innerWidth;
}

let wasTall = isTall();
addEventListener("resize", () => {
  if (isTall() === wasTall) return;
  wasTall = isTall();
  watchAgain();
});

let waiting = null;
const controls = tools({
  onPause: (paused) => {
    isPaused = paused;
    drawLink();
    if (!paused && waiting) show(waiting);
    waiting = null;
  },
  onJoin: () => redraw(),
  onCloud: (wanted) => {
    isCloud = wanted;
    watchAgain();
  },
});

new ResizeObserver(() => redraw()).observe(at("result"));

function drawLink() {
  const state = isLive ? (isPaused ? "paused" : "live") : "lost";
  set(at("link"), { "data-state": state });
  write(at("link"), say(state));
}

function show(state) {
  shown = state;
  write(at("title"), state.title);
  write(at("joined"), state.joinedSentence);
  const front = state.front;
  at("question").hidden = front === null;
  document.body.dataset.alone = front === null;
  at("stage").dataset.grouped = (front?.wall?.themes.length ?? 0) > 0;
  at("stage").dataset.hushed = Boolean(front?.masked) && front.options.length === 0;
  at("stage").dataset.shown = front?.isRevealed ?? false;
  controls.showJoin(front === null);
  controls.offerCloud((front?.wall?.count ?? 0) > 0);
  aim(state.now, front?.times.until ?? null);
  if (front) showQuestion(front);
  const turned = front ? `${front.id} ${front.phase}` : "";
  tell(state.status, turned !== phase);
  phase = turned;
}

function redraw() {
  if (shown?.front) showResult(shown.front);
}

function showQuestion(front) {
  write(at("number"), front.heading);
  write(at("phase"), front.phaseSentence);
  set(at("phase"), { class: front.phase === "open" ? "chip chip-open" : "chip" });
  write(at("times"), front.times.sentence);
  write(at("text"), front.question);
  set(at("text").parentElement, { "data-length": lengthOf(front.question) });
  write(at("answered"), front.progress.sentence);
  write(at("note"), noteOf(front));
  drawSeats(front.progress);
  showResult(front);
}

function showResult(front) {
  const result = at("result");
  if (result.dataset.activity !== String(front.id)) result.replaceChildren();
  result.dataset.activity = front.id;
  if (front.figures?.shape === "bars") drawBars(result, front.figures.rows);
  else if (front.figures?.shape === "words") drawWords(result, front.figures.rows, front.cloud, say("noWord"));
  else if (front.wall && front.cloud) drawCloud(holder(result, "div", "cloud"), front.cloud);
  else if (front.wall) drawWall(result, front.wall);
  else if (front.options.length > 0) drawBars(result, front.options.map((label) => ({ label })));
  else drawHush(result, front);
  fit(at("question"), result);
  trimQuotes(result);
}

function noteOf(front) {
  if (front.masked) return front.options.length > 0 ? front.masked : "";
  if (front.figures) return front.figures.note;
  if (!front.wall) return "";
  const { themes, guard, more, loose, sentence, coverage, grouped, working } = front.wall;
  if (themes.length === 0) return sentence;
  return [coverage, more, loose, working || grouped, guard].filter(Boolean).join("\u00a0· "); // no line starts with the dot
}

function drawHush(result, front) {
  const hush = holder(result, "div", "hush");
  if (!hush.firstChild) hush.append(el("p", { class: "hush-count", "aria-hidden": "true" }), el("p", { class: "hush-sentence" }));
  write(hush.firstChild, front.progress.sentence);
  write(hush.lastChild, front.masked);
}

function drawSeats({ answered, expected }) {
  const box = at("seats");
  const isBar = expected > MOST_SEATS;
  set(box, { class: isBar ? "share" : "seats", "--in-row": expected > 16 ? Math.ceil(expected / 2) : expected });
  const items = isBar ? [0] : Array.from({ length: expected }, (_, seat) => seat);
  keep(box, items, {
    key: (seat) => `${isBar}-${seat}`,
    make: () => el("span", { class: isBar ? "share-fill" : "seat" }),
    update: (node, seat) => set(node, isBar ? { "--share": answered / expected } : { "data-taken": seat < answered }),
  });
}

function lengthOf(text) {
  return text.length <= 70 ? "short" : text.length <= 140 ? "medium" : text.length <= 280 ? "long" : "endless";
}
