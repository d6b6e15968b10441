// The map of the ideas: fetched when it is opened, drawn again when the ideas were grouped again or the page is resized.

import { write } from "./dom.js";
import { placeNames, toward } from "./labels.js";

const MARGIN = 24;
const LONGEST_STRETCH = 2;
/** A name this far from its point is tied to it by a line. */
const NEAR = 24;

/** Returns `refresh(stamp)`: call it with each state's stamp; the map follows when it is open and the stamp changed. */
export function mapOf(fold, drawing, address, onChoose) {
  const svg = drawing.querySelector("svg");
  let drawn = null;
  let wanted = "";
  let shown = null;
  let width = 0;

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

  function draw(state) {
    shown = state;
    width = svg.clientWidth;
    const { points, names, empty } = state;
    write(drawing.querySelector("bdi"), empty);
    svg.hidden = points.length === 0;
    if (points.length === 0 || width === 0) return;
    const frame = { width, height: Math.round(Math.max(320, Math.min(innerHeight * 0.65, width))) };
    svg.setAttribute("viewBox", `0 0 ${frame.width} ${frame.height}`);
    const spread = spreadOver(points.map((point) => point.at), frame);
    const dots = points.map((point) => dot(point, spread(point.at)));
    const texts = names.map(name);
    svg.replaceChildren(...dots, ...texts);
    const boxes = placeNames(
      names.map(({ at }, index) => ({ at: spread(at), ...sizeOf(texts[index]) })),
      points.map((point) => spread(point.at)),
      frame,
    );
    boxes.forEach((box, index) => settle(texts[index], box, spread(names[index].at)));
  }

  function dot({ id, text, position }, [x, y]) {
    const circle = make("circle", { cx: x, cy: y, r: 7, class: tone(position), tabindex: 0, role: "button", "aria-label": text });
    const show = () => write(drawing.querySelector("bdi"), text);
    circle.addEventListener("pointerenter", show);
    circle.addEventListener("focus", show);
    circle.addEventListener("click", () => onChoose(id));
    circle.addEventListener("keydown", (event) => event.key === "Enter" && onChoose(id));
    return circle;
  }

  function name({ label, position }) {
    const text = make("text", { class: tone(position), "text-anchor": "middle" });
    text.textContent = label;
    return text;
  }

  function settle(text, box, at) {
    text.setAttribute("x", box.x);
    text.setAttribute("y", box.y);
    const [x, y] = toward(box, at);
    if (Math.hypot(x - at[0], y - at[1]) < NEAR) return;
    svg.prepend(make("line", { x1: at[0], y1: at[1], x2: x, y2: y, class: text.getAttribute("class") }));
  }

  fold.addEventListener("toggle", () => refresh());
  new ResizeObserver(() => {
    if (shown && svg.clientWidth !== width && svg.clientWidth > 0) draw(shown);
  }).observe(drawing);
  return refresh;
}

/** Where a place of the map goes in the frame: the ideas fill it, stretched no more than twice one way than the other. */
function spreadOver(places, frame) {
  const axes = [0, 1].map((axis) => places.map((place) => place[axis]));
  const [low, high] = [axes.map((one) => Math.min(...one)), axes.map((one) => Math.max(...one))];
  const sizes = [frame.width, frame.height];
  const full = sizes.map((size, axis) => (size - 2 * MARGIN) / Math.max(high[axis] - low[axis], 1e-6));
  const scale = full.map((one, axis) => Math.min(one, LONGEST_STRETCH * full[1 - axis]));
  return (place) => place.map((value, axis) => sizes[axis] / 2 + (value - (low[axis] + high[axis]) / 2) * scale[axis]);
}

function sizeOf(text) {
  const { width, height } = text.getBBox();
  return { width: width + 6, height };
}

const tone = (position) => (position === null ? "theme-none" : `theme-${position % 8}`);

function make(tag, attributes) {
  const node = document.createElementNS(document.querySelector("svg").namespaceURI, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
