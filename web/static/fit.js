// Makes a slide fit: letters shrink by steps until nothing is cut, and grow back when there is room again.

const SMALLEST = 0.45;

/** Set `--fit` on `slide` so that `content` overflows no more; does nothing where the page may scroll. */
export function fit(slide, content) {
  slide.style.setProperty("--fit", 1);
  if (getComputedStyle(content).overflowY !== "hidden") return;
  for (let scale = 1; overflows(content) && scale > SMALLEST; scale -= 0.07) slide.style.setProperty("--fit", scale);
}

function overflows(node) {
  return node.scrollHeight > node.clientHeight + 1 || node.scrollWidth > node.clientWidth + 1;
}
