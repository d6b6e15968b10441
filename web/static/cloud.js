// Lays words out around a centre, the heaviest first, without overlap; a word that still fits where it was stays there.

const STEP = 0.35; // radians along the spiral
const GAP = 0.16; // of the letter size, around each word

/** Place the children of `list` (their `data-weight` is 0 to 1), as large as the room allows. */
export function layOut(list) {
  const room = { width: list.clientWidth, height: list.clientHeight };
  if (room.width === 0 || room.height === 0) return;
  const words = [...list.children];
  const largest = Math.min(room.height / 2.6, room.width / 6);
  for (let scale = 1; ; scale *= 0.9) {
    const places = tryScale(words, room, largest * scale);
    if (places || scale < 0.3) {
      settle(words, places ?? []);
      return;
    }
  }
}

function tryScale(words, room, largest) {
  const smallest = Math.max(largest * 0.24, 13);
  for (const word of words) {
    word.style.fontSize = `${smallest + (largest - smallest) * Number(word.dataset.weight) ** 0.75}px`;
  }
  const sizes = words.map((word) => ({ width: word.offsetWidth, height: word.offsetHeight }));
  const placed = [];
  for (const [index, size] of sizes.entries()) {
    const place = former(words[index], size, placed, room) ?? spiral(size, placed, room);
    if (!place) return null;
    placed.push(place);
  }
  return placed;
}

function former(word, size, placed, room) {
  if (word.dataset.x === undefined) return null;
  const place = box(Number(word.dataset.x) * room.width, Number(word.dataset.y) * room.height, size);
  return fits(place, placed, room) ? place : null;
}

function spiral(size, placed, room) {
  const ratio = room.width / room.height;
  for (let turn = 0; turn < 420; turn += STEP) {
    const radius = 0.9 * turn * Math.max(1, room.height / 560);
    const place = box(
      room.width / 2 + radius * Math.cos(turn) * Math.min(ratio, 2.2),
      room.height / 2 + radius * Math.sin(turn),
      size,
    );
    if (fits(place, placed, room)) return place;
  }
  return null;
}

function box(x, y, size) {
  const gap = size.height * GAP;
  return { x, y, left: x - size.width / 2 - gap, right: x + size.width / 2 + gap, top: y - size.height / 2, bottom: y + size.height / 2 };
}

function fits(place, placed, room) {
  if (place.left < 0 || place.top < 0 || place.right > room.width || place.bottom > room.height) return false;
  return placed.every(
    (other) => place.right < other.left || place.left > other.right || place.bottom < other.top || place.top > other.bottom,
  );
}

function settle(words, places) {
  const { clientWidth: width, clientHeight: height } = words[0].parentElement;
  words.forEach((word, index) => {
    const place = places[index];
    if (!place) return;
    word.dataset.x = place.x / width;
    word.dataset.y = place.y / height;
    word.style.transform = `translate(${place.x}px, ${place.y}px) translate(-50%, -50%)`;
  });
}
