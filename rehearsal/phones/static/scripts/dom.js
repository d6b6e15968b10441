// Builds elements: no text ever becomes markup here.

const drawings = {
  send: "M4 12 20 4l-5 16-3.5-6.5zM11.5 13.5 20 4",
  clip: "M20 11.5 12 19.3a5 5 0 0 1-7-7l8.3-8.2a3.3 3.3 0 0 1 4.7 4.7l-8.2 8.1a1.7 1.7 0 0 1-2.4-2.3l7.3-7.3",
  dots: "M12 5.4v.2M12 11.9v.2M12 18.4v.2",
  reply: "M10 6 4 12l6 6M4 12h9a7 7 0 0 1 7 7",
  pen: "M5 19l.8-4L16 4.8a2 2 0 0 1 3 3L8.8 18zM14 7l3 3",
  bin: "M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7",
  close: "M6 6l12 12M18 6 6 18",
  leave: "M8 16 17 7M10 7h7v7",
  screen: "M3.5 5h17v11h-17zM12 16v4M8 20h8",
  board: "M4 5h4.5v13H4zM9.8 5h4.5v9H9.8zM15.5 5H20v11h-4.5z",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  plus: "M12 5v14M5 12h14",
  people: "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 19.5c0-3.5 3-5.5 6.5-5.5s6.5 2 6.5 5.5M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.5c2 .8 3.5 2.5 3.5 5",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8.5 6v12M15.5 6v12",
  person: "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20c0-4 3.5-6 7.5-6s7.5 2 7.5 6",
  voice: "M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3M5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21",
  photo: "M4 6h16v13H4zM4 16l5-5 4 4 2.5-2.5L20 17M15.5 9.5v.01",
  smile: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M8.5 14c1.8 2.5 5.2 2.5 7 0M9 9.5v.01M15 9.5v.01",
  pin: "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  file: "M6.5 3.5h7l4.5 4.5v12.5H6.5zM13.5 3.5V8H18",
  forward: "M14 6l6 6-6 6M20 12h-9a7 7 0 0 0-7 7",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v2M14 20h2M19 19h1v1",
  ban: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M6 6l12 12",
  down: "M12 4v11M7 11l5 5 5-5M5 20h14",
};

/** An element with its attributes, listeners (`onclick`…) and children; strings become text nodes. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A small line drawing; decoration only, the label is elsewhere. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", drawings[name]);
  svg.append(path);
  return svg;
}

/** A round button that shows a drawing and says `label` to those who cannot see it. */
export function roundButton(name, label, onclick, more = {}) {
  return make("button", { type: "button", class: "round", title: label, "aria-label": label, onclick, ...more }, icon(name));
}

/** The tree that stands for the bot. */
export function mark() {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 32 32");
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", "static/mark.svg#mark");
  svg.append(use);
  return svg;
}
