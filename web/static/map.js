// The map of the ideas: fetched when it is opened, drawn again when the ideas were grouped again.

import { write } from "./dom.js";

const [WIDTH, HEIGHT, MARGIN] = [1000, 520, 30];

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
    svg.replaceChildren(...points.map(dot), ...names.map(name));
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

const tone = (position) => (position === null ? "theme-none" : `theme-${position % 8}`);

const placed = ([x, y], prefix) => ({ [`${prefix}x`]: MARGIN + x * (WIDTH - 2 * MARGIN), [`${prefix}y`]: MARGIN + y * (HEIGHT - 2 * MARGIN) });

function make(tag, attributes) {
  const node = document.createElementNS(document.querySelector("svg").namespaceURI, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
