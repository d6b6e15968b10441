// Draws a cloud laid out by the server: words glide from frame to frame, and the commonest are written below with their counts.

import { el, keep, typed, write } from "./dom.js";

const LETTER = 100; // font size at which words are written once; only transforms change afterwards

/** `cloud` as the stream brings it: { width, height, title, words, lines }. */
export function drawCloud(parent, cloud) {
  const svg = parent.querySelector("svg") ?? parent.insertBefore(svgNode("svg"), parent.firstChild);
  svg.setAttribute("viewBox", `0 0 ${cloud.width} ${cloud.height}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", cloud.title);
  keep(svg, cloud.words, { key: (word) => word.key, make: newWord, update: placeWord });
  const lines = parent.querySelector(".cloud-lines") ?? parent.appendChild(el("ul", { class: "cloud-lines" }));
  drawLines(lines, cloud.lines);
}

/** Words and their counts as text. */
export function drawLines(list, lines) {
  keep(list, lines, {
    key: (line) => line.word,
    make: (line) => el("li", {}, typed(line.word), " ", el("b")),
    update: (node, line) => write(node.lastChild, String(line.count)),
  });
}

function newWord(word) {
  const node = svgNode("text");
  node.textContent = word.text;
  node.setAttribute("font-size", LETTER);
  return node;
}

function placeWord(node, word) {
  const scale = word.size / LETTER;
  node.setAttribute("class", word.tone === null ? "theme-none" : `theme-${word.tone % 8}`);
  // Where a browser refuses our font, the writing keeps the length the layout counted on.
  node.setAttribute("textLength", (word.length / scale).toFixed(1));
  node.setAttribute("lengthAdjust", "spacingAndGlyphs");
  node.style.transform = `translate(${word.x}px, ${word.y}px) scale(${scale})`;
}

const svgNode = (tag) => document.createElementNS(document.getElementById("svg").namespaceURI, tag);
