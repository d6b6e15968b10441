// Rewrites the text of a bubble with allowed marks only, and makes its links and commands pressable.
import { make } from "./dom.js";

const ALLOWED = new Set(["B", "STRONG", "I", "EM", "U", "INS", "S", "STRIKE", "DEL", "CODE", "PRE", "BLOCKQUOTE", "BR"]);
const PRESSABLE = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)»\]]|\bt\.me\/[A-Za-z0-9_?=&/-]+|(?<![^\s(«])\/[a-z][a-z0-9_]{1,31}(?![\w/]))/g;

/** The start parameter of a link to our bot; null for any other link. */
export function startOf(url, botUsername) {
  const found = /^(?:https?:\/\/)?(?:t|telegram)\.me\/([A-Za-z0-9_]+)\/?(?:\?start=([A-Za-z0-9_-]*))?$/i.exec(url);
  return found && found[1].toLowerCase() === botUsername.toLowerCase() ? found[2] ?? "" : null;
}

/** A fragment for `html`; `acts` has `botUsername`, `start(code)`, `command(text)` and `take(text)`. */
export function richText(html, acts) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const fragment = document.createDocumentFragment();
  fragment.append(...copies(parsed.body, acts));
  return fragment;
}

function copies(node, acts) {
  return [...node.childNodes].flatMap((child) => copy(child, acts));
}

function copy(node, acts) {
  if (node.nodeType === Node.TEXT_NODE) return pressable(node.data, acts);
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  if (node.tagName === "A") return [anchor(node.getAttribute("href") ?? "", copies(node, inside(acts)), acts)];
  if (isSpoiler(node)) return [make("span", { class: "spoiler", tabindex: "0" }, ...copies(node, acts))];
  if (node.tagName === "CODE" && node.parentNode.tagName !== "PRE") return [sample(node, acts)];
  if (!ALLOWED.has(node.tagName)) return copies(node, acts);
  return [make(node.tagName.toLowerCase(), {}, ...copies(node, acts))];
}

const inside = (acts) => ({ ...acts, plain: true });
const isSpoiler = (node) => node.tagName === "TG-SPOILER" || node.classList.contains("tg-spoiler");

/** Text given to be copied: a press puts it where one types. */
function sample(node, acts) {
  const text = node.textContent;
  return make("button", { type: "button", class: "code", title: "Reprendre ce texte", onclick: () => acts.take(text) }, make("code", {}, text));
}

function pressable(text, acts) {
  if (acts.plain) return [text];
  return text.split(PRESSABLE).map((part, place) => {
    if (place % 2 === 0) return part;
    if (!part.startsWith("/")) return anchor(part, [part], acts);
    return make("button", { type: "button", onclick: () => acts.command(part) }, part);
  });
}

function anchor(url, children, acts) {
  const code = startOf(url, acts.botUsername);
  if (code !== null) return make("button", { type: "button", onclick: () => acts.start(code) }, ...children);
  const address = URL.canParse(url) ? url : `https://${url}`;
  if (!/^(https?|mailto|tel):/i.test(address)) return make("span", {}, ...children);
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
}
