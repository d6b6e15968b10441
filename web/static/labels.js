// Finds room for names on a map: beside their points, over no other name, and over as few points as can be.

const ANGLES = Array.from({ length: 16 }, (_, step) => (step * Math.PI) / 8);
const DISTANCES = [14, 28, 50, 80, 120, 170, 230];
const [OVER_NAME, OVER_POINT] = [10_000, 60];
const DOT = 8;

/**
 * `names` are { at: [x, y], width, height }, `points` are [x, y], the frame is { width, height }, all in pixels.
 * Returns the box { x, y, width, height } of each name, x and y its middle.
 */
export function placeNames(names, points, frame) {
  const placed = [];
  for (const name of names) {
    const boxes = ANGLES.flatMap((angle) => DISTANCES.map((distance) => beside(name, angle, distance, frame)));
    const costs = boxes.map((box) => cost(box, name.at, points, placed));
    placed.push(boxes[costs.indexOf(Math.min(...costs))]);
  }
  return placed;
}

function beside({ at: [x, y], width, height }, angle, distance, frame) {
  return {
    x: within(x + Math.cos(angle) * (distance + width / 2), width, frame.width),
    y: within(y + Math.sin(angle) * (distance + height / 2), height, frame.height),
    width,
    height,
  };
}

const within = (middle, size, whole) => Math.min(Math.max(middle, size / 2), whole - size / 2);

function cost(box, at, points, placed) {
  const names = placed.filter((other) => touch(box, other)).length;
  const covered = points.filter(([x, y]) => touch(box, { x, y, width: 2 * DOT, height: 2 * DOT })).length;
  return names * OVER_NAME + covered * OVER_POINT + Math.hypot(...toward(box, at).map((end, axis) => end - at[axis]));
}

function touch(one, other) {
  return (
    2 * Math.abs(one.x - other.x) < one.width + other.width && 2 * Math.abs(one.y - other.y) < one.height + other.height
  );
}

/** The place of the box nearest to `at`: where a line from there ends. */
export function toward(box, [x, y]) {
  const nearest = (value, middle, size) => Math.min(Math.max(value, middle - size / 2), middle + size / 2);
  return [nearest(x, box.x, box.width), nearest(y, box.y, box.height)];
}
