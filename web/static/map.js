// The map of the ideas: fetched when it is opened, drawn again when the ideas were grouped again.

import { write } from "./dom.js";

const [WIDTH, HEIGHT, MARGIN] = [1000, 520, 30];
const [LETTER, LINE] = [10.5, 24];

/** Returns `refresh(stamp)`: call it with each state's stamp; the map follows when it is open and the stamp changed. */
export function mapOf(fold, drawing, address, onChoose) {
  let drawn = null;
  let wanted = "";

  async function refresh(stamp = wanted) {
    wanted = stamp;
    if (!fold.open || drawn === stamp) return;
    drawn = stamp;
    try {
      const answer = await fetch(`${address}/carte`, { headers: { Accept: "application/json" } });
      if (answer.ok) draw(await answer.json());
    } catch {
      drawn = null; // the next state tries again
    }
  }

  function draw({ points, names, empty }) {
    write(drawing.querySelector("bdi"), empty);
    const svg = drawing.querySelector("svg");
    svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    svg.replaceChildren(...points.map(dot), ...apart(names.map(name)));
  }

  function dot({ id, text, at, position }) {
    const circle = make("circle", { ...placed(at, "c"), r: 7, class: tone(position), tabindex: 0, role: "button", "aria-label": text });
    const show = () => write(drawing.querySelector("bdi"), text);
    circle.addEventListener("pointerenter", show);
    circle.addEventListener("focus", show);
    circle.addEventListener("click", () => onChoose(id));
    circle.addEventListener("keydown", (event) => event.key === "Enter" && onChoose(id));
    return circle;
  }

  function name({ label, at, position }) {
    const text = make("text", { ...placed(at, ""), class: tone(position) });
    const [x] = at;
    text.setAttribute("text-anchor", x < 0.2 ? "start" : x > 0.8 ? "end" : "middle");
    text.textContent = label;
    return text;
  }

  fold.addEventListener("toggle", () => refresh());
  return refresh;
}

/** Names that would cover one another go down a line; lengths are guessed, since nothing is drawn yet. */
function apart(texts) {
  const placed = [];
  for (const text of texts.sort((one, other) => one.getAttribute("y") - other.getAttribute("y"))) {
    const half = (text.textContent.length * LETTER) / 2;
    const x = Number(text.getAttribute("x")) + { start: half, end: -half, middle: 0 }[text.getAttribute("text-anchor")];
    let y = Number(text.getAttribute("y"));
    while (placed.some((other) => Math.abs(other.x - x) < other.half + half && Math.abs(other.y - y) < LINE)) y += LINE / 2;
    text.setAttribute("y", y);
    placed.push({ x, y, half });
  }
  return texts;
}

const tone = (position) => (position === null ? "theme-none" : `theme-${position % 8}`);

const placed = ([x, y], prefix) => ({ [`${prefix}x`]: MARGIN + x * (WIDTH - 2 * MARGIN), [`${prefix}y`]: MARGIN + y * (HEIGHT - 2 * MARGIN) });

function make(tag, attributes) {
  const node = document.createElementNS(document.querySelector("svg").namespaceURI, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
