// One bubble of the conversation: what was said, what it carries, its keyboard and its small tools.
import { icon, make } from "./dom.js";
import { richText } from "./rich.js";

const clock = new Intl.DateTimeFormat("fr", { hour: "2-digit", minute: "2-digit" });
const WAVE = [8, 14, 20, 12, 24, 16, 9, 18, 22, 13, 7, 15, 19, 10, 6, 12, 17, 9];

/** A turn of the conversation: a bubble and what hangs under it; `acts` has press, reply, edit, erase, zoom, quoted, start, command. */
export function drawTurn(bubble, acts) {
  const turn = make("div", {
    class: "turn", "data-id": bubble.message_id, "data-kind": kindOf(bubble), "data-mine": bubble.mine,
    "data-wide": Boolean(bubble.keyboard.length || bubble.kind === "photo"),
  });
  turn.append(drawBubble(bubble, acts));
  if (bubble.keyboard.length) turn.append(drawKeys(bubble, acts));
  if (kindOf(bubble) !== "service") turn.append(drawTools(bubble, acts));
  return turn;
}

function drawBubble(bubble, acts) {
  return make(
    "div", { class: "bubble" },
    make("span", { class: "unseen" }, bubble.mine ? "Vous : " : `${bubble.sender} : `),
    bubble.forwarded_from ? make("span", { class: "from" }, `Transféré de ${bubble.forwarded_from}`) : null,
    drawQuoted(bubble, acts),
    drawCarried(bubble, acts),
    drawSaid(bubble, acts),
    bubble.reactions.length ? make("span", { class: "reactions" }, ...bubble.reactions) : null,
    kindOf(bubble) === "service" ? null : make("span", { class: "when" }, whenOf(bubble)),
  );
}

const kindOf = (bubble) => (bubble.kind === "dice" ? "sticker" : bubble.kind);
const whenOf = (bubble) => `${bubble.edited_at ? "modifié " : ""}${clock.format(bubble.date * 1000)}`;

function drawQuoted(bubble, acts) {
  const quoted = bubble.reply_to && acts.quoted(bubble.reply_to);
  if (!quoted) return null;
  return make("button", { type: "button", class: "quoted", title: "Voir le message", onclick: () => acts.show(bubble.reply_to) }, quoted);
}

function drawSaid(bubble, acts) {
  const { details } = bubble;
  if (bubble.text) return make("span", { class: "said", dir: "auto" }, richText(bubble.html, acts));
  if (details.sticker) return make("span", { class: "said" }, details.sticker.emoji ?? "🙂");
  if (details.dice) return make("span", { class: "said" }, details.dice.emoji);
  if (details.contact) return make("span", { class: "said" }, `${details.contact.first_name} · ${details.contact.phone_number}`);
  if (details.location) return make("span", { class: "said" }, "Ma position");
  if (bubble.kind === "service") return make("span", { class: "said" }, "Message de service");
  return null;
}

function drawCarried(bubble, acts) {
  const file = bubble.attachment;
  const address = file && `files/${encodeURIComponent(file.file_id)}`;
  if (bubble.kind === "photo") return drawPicture(bubble, address, acts);
  if (bubble.kind === "voice") return make("span", { class: "wave", role: "img", "aria-label": "Message vocal" }, ...WAVE.map(bar));
  if (bubble.kind === "location" || bubble.kind === "venue") return make("span", { class: "map" }, icon("pin"));
  if (bubble.kind === "contact") return make("span", { class: "wave" }, icon("person"));
  if (file && bubble.kind !== "sticker") return drawFile(file, address);
  return null;
}

/** Set by script: the security policy of the page admits no style written in the markup. */
function bar(height) {
  const element = make("i");
  element.style.height = `${height}px`;
  return element;
}

function drawPicture(bubble, address, acts) {
  const { width, height, name } = bubble.attachment;
  const label = bubble.text || "Image jointe";
  const image = make("img", { src: address, alt: "", loading: "lazy", width: width || null, height: height || null });
  image.style.height = "auto";
  return make("button", { type: "button", class: "picture", title: "Agrandir", "aria-label": "Agrandir l’image", onclick: () => acts.zoom(address, label, name) }, image);
}

function drawFile(file, address) {
  return make(
    "a", { class: "file", href: address, download: file.name },
    make("span", {}, icon("down")),
    make("span", {}, make("b", {}, file.name), make("small", {}, weight(file.size))),
  );
}

function weight(bytes) {
  if (bytes < 1000) return `${bytes} octets`;
  const [amount, unit] = bytes < 1e6 ? [bytes / 1000, "ko"] : [bytes / 1e6, "Mo"];
  return `${amount.toLocaleString("fr", { maximumFractionDigits: 1 })}\u00a0${unit}`;
}

function drawKeys(bubble, acts) {
  const rows = bubble.keyboard.map((row) => make("div", {}, ...row.map((key) => drawKey(bubble, key, acts))));
  return make("div", { class: "keys", role: "group", "aria-label": "Boutons" }, ...rows);
}

function drawKey(bubble, key, acts) {
  const press = (event) => acts.press(bubble.message_id, key, event.currentTarget);
  return make(
    "button",
    { type: "button", "data-place": `${key.row},${key.column}`, "data-url": key.url || null, "data-style": key.style || null, onclick: press },
    key.text, key.url ? icon("leave") : null,
  );
}

function drawTools(bubble, acts) {
  const tool = (name, label, act) => make("button", { type: "button", title: label, "aria-label": label, onclick: act }, icon(name));
  const tools = [tool("reply", "Répondre à ce message", () => acts.reply(bubble))];
  if (bubble.mine && bubble.text) tools.push(tool("pen", "Modifier ce message", () => acts.edit(bubble)));
  if (bubble.mine) tools.push(tool("bin", "Supprimer ce message", () => acts.erase(bubble)));
  return make("div", { class: "tools" }, ...tools);
}
