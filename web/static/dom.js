// Builds and keeps elements. Everything people typed goes in as text, never as markup.

/** An element with its attributes and children (strings become text; null and false are left out). */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  set(node, attributes);
  node.append(...children.filter((child) => child !== null && child !== false));
  return node;
}

/** Set attributes; null or false removes one (`data-` and `aria-` keep "false"); `on…` listens; `--name` is a CSS variable. */
export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name.startsWith("--")) node.style.setProperty(name, value);
    else if (value === null || (value === false && !saysFalse(name))) node.removeAttribute(name);
    else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value === true && !saysFalse(name) ? "" : value);
  }
}

const saysFalse = (name) => name.startsWith("data-") || name.startsWith("aria-");

/** Change a text only when it differs, so that nothing blinks and no screen reader repeats. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** What somebody typed: isolated, in its own direction. */
export function typed(text) {
  return el("bdi", { dir: "auto" }, text);
}

export const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Make `parent` hold one child per item, in order, keeping those it has (by `key`): `make(item)` builds one,
 * `update(node, item)` fills it. With `moves`, those that change place glide there and new ones fade in.
 */
export function keep(parent, items, { key, make, update, moves = false }) {
  const glide = moves && !isCalm();
  const known = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const before = glide ? new Map([...known].map(([name, node]) => [name, node.getBoundingClientRect()])) : null;
  const wanted = items.map((item) => {
    const name = String(key(item));
    const node = known.get(name) ?? make(item);
    known.delete(name);
    node.dataset.key = name;
    update(node, item);
    return node;
  });
  for (const node of known.values()) node.remove();
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  wanted.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
  // An element that is moved loses the focus: whoever works with the keyboard keeps their place.
  if (focused && focused !== document.activeElement) focused.focus({ preventScroll: true });
  if (glide) for (const node of wanted) slide(node, before.get(node.dataset.key));
}

function slide(node, from) {
  if (!from) {
    node.animate([{ opacity: 0, transform: "scale(0.9)" }, { opacity: 1, transform: "none" }], { duration: 450, easing: "ease-out" });
    return;
  }
  const to = node.getBoundingClientRect();
  const [x, y] = [from.left - to.left, from.top - to.top];
  if (Math.abs(x) + Math.abs(y) < 2) return;
  node.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], { duration: 600, easing: "cubic-bezier(.2,.7,.2,1)" });
}
