// The page: puts the phones on the stage, keeps them true to what the server says, and carries gestures back.
import { icon, make, roundButton } from "./dom.js";
import { Phone } from "./phone.js";
import { Room } from "./room.js";
import { Tabs } from "./tabs.js";
import { zoom } from "./viewer.js";
import { openWire } from "./wire.js";

const stage = document.getElementById("stage");
const lost = document.getElementById("lost");
const code = document.getElementById("code");
const phones = new Map();
const page = { botUsername: "", code: () => code.value.trim(), invites: () => links.invites, zoom };
let links = { projector: "", organiser: "", invites: false };

const send = openWire(receive, (open) => {
  lost.hidden = open;
});
const room = new Room(send, page.code);
const tabs = new Tabs(phones);
const more = make(
  "div", { class: "more" },
  make("button", { type: "button", onclick: () => send({ do: "add", role: "councillor" }) }, icon("plus"), "Ajouter un téléphone"),
  make("button", { type: "button", onclick: () => send({ do: "add", role: "facilitator" }) }, icon("plus"), "Ajouter une animation"),
);
stage.append(more);
code.addEventListener("input", showCode);
document.getElementById("theme").replaceWith(
  roundButton("moon", "Changer de lumière : jour ou nuit", () => window.switchTheme(), { id: "theme" }),
);

const heard = {
  state: loadState,
  phone: ({ state }) => addPhone(state),
  status: ({ phone, state }) => phones.get(phone)?.update(state),
  gone: ({ phone }) => removePhone(phone),
  bubble: ({ phone, bubble }) => {
    phones.get(phone)?.put(bubble);
    tabs.tell(phone);
  },
  deleted: ({ phone, message }) => phones.get(phone)?.thread.drop(message),
  settled: ({ phone, message, row, column }) => phones.get(phone)?.thread.settle(message, row, column),
  toast: ({ phone, text, alert, url }) => phones.get(phone)?.answer(text, alert, url),
  action: ({ phone, action }) => phones.get(phone)?.acting(action),
  code: (news) => learnCode(news.code),
  crowd: ({ status }) => room.update(status),
  refused: ({ phone, sentence }) => (phones.get(phone) ?? [...phones.values()][0])?.notices.toast(sentence),
};

function receive(message) {
  heard[message.type]?.(message);
}

function loadState(state) {
  links = state.links;
  page.botUsername = state.bot;
  if (!code.value) code.value = state.code;
  showLinks();
  const known = new Set(state.phones.map((phone) => phone.id));
  for (const id of phones.keys()) if (!known.has(id)) removePhone(id);
  state.phones.forEach(addPhone);
  room.element.hidden = !state.crowd;
  if (state.crowd) room.update(state.crowd);
}

function addPhone(state) {
  const known = phones.get(state.id);
  if (known) return known.load(state);
  const phone = new Phone(state, send, page);
  phones.set(state.id, phone);
  stage.insertBefore(phone.element, more);
  return tabs.draw();
}

function removePhone(id) {
  phones.get(id)?.element.remove();
  phones.delete(id);
  tabs.draw();
}

/** A workshop has opened: its code is proposed everywhere it can serve. */
function learnCode(found) {
  if (found) code.value = found;
  showCode();
}

function showCode() {
  showLinks();
  for (const phone of phones.values()) phone.proposeCode();
  room.proposeCode();
}

function showLinks() {
  drawLink("projector", "screen", "Écran projeté", links.projector);
  drawLink("organiser", "board", "Espace d’organisation", links.organiser);
}

function drawLink(id, drawing, label, pattern) {
  const anchor = document.getElementById(id);
  const known = pattern && (page.code() || !pattern.includes("{code}"));
  anchor.replaceChildren(icon(drawing), make("span", { class: "words" }, label));
  anchor.setAttribute("aria-label", label);
  anchor.hidden = !pattern;
  if (known) anchor.href = pattern.replaceAll("{code}", encodeURIComponent(page.code()));
  else anchor.removeAttribute("href");
  anchor.setAttribute("aria-disabled", String(!known));
  anchor.title = known ? "" : "Il faut d’abord le code d’un atelier";
}
