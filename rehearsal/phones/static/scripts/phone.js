// One phone on the stage: whose it is, the chat with the bot, and what its owner does with it.
import { icon, make, mark, roundButton } from "./dom.js";
import { Composer } from "./composer.js";
import { Notices } from "./notices.js";
import { startOf } from "./rich.js";
import { Sheet } from "./sheet.js";
import { Thread } from "./thread.js";
import { drawWelcome } from "./welcome.js";

const ROLES = { facilitator: "Animation", councillor: "Membre du conseil citoyen" };
const TYPING = 5000;

export class Phone {
  /** `gesture(gesture)` sends what the owner does; `page` has botUsername, code(), invites() and zoom(). */
  constructor(state, gesture, page) {
    this.id = state.id;
    this.page = page;
    this.gesture = (what) => gesture({ phone: this.id, ...what });
    this.acts = this.makeActs();
    this.thread = new Thread(this.acts);
    this.notices = new Notices();
    this.composer = new Composer({
      send: (text, replyTo) => this.gesture({ do: "text", text, reply_to: replyTo ?? null }),
      correct: (message, text) => this.gesture({ do: "edit", message, text }),
      attach: (kind) => this.gesture({ do: "attach", kind }),
      commands: () => this.state.commands,
    });
    this.draw(state);
    this.load(state);
  }

  makeActs() {
    return {
      botUsername: this.page.botUsername,
      press: (message, key, button) => this.press(message, key, button),
      reply: (bubble) => this.composer.reply(bubble),
      edit: (bubble) => this.composer.edit(bubble),
      erase: (bubble) => this.gesture({ do: "erase", message: bubble.message_id }),
      zoom: this.page.zoom,
      start: (code) => this.gesture({ do: "start", code }),
      take: (text) => this.composer.take(text),
      invitation: () => this.gesture({ do: "invitation" }),
      command: (text) => this.gesture({ do: "text", text, reply_to: null }),
    };
  }

  draw(state) {
    this.face = make("span", { class: "face", "aria-hidden": "true" });
    this.face.style.setProperty("--hue", String((state.id * 47) % 360));
    this.name = make("input", {
      class: "name", "aria-label": "Prénom", maxlength: "40", spellcheck: "false",
      onchange: () => this.gesture({ do: "rename", name: this.name.value.trim() || this.state.name }),
      onkeydown: (event) => event.key === "Enter" && this.name.blur(),
    });
    this.role = make("span", { class: "role" });
    this.subtitle = make("small");
    this.title = make("strong");
    this.welcome = make("div", { class: "thread" });
    this.blocked = make("p", { class: "blocked" }, "Robot bloqué. ", this.link("Débloquer", { do: "unblock" }));
    const menu = roundButton("dots", "Plus d’actions");
    this.menu = new Sheet(menu, "Plus d’actions", () => this.drawMenu());
    const owner = make("header", { class: "owner" }, this.face, make("div", { class: "who" }, this.name, this.role), menu, this.menu.box);
    const head = make(
      "div", { class: "chat-head" },
      make("span", { class: "face" }, mark()), make("div", {}, this.title, this.subtitle),
    );
    const device = make(
      "div", { class: "device" }, head, this.thread.list, this.welcome, make("div", {}, ...this.composer.parts.slice(0, 3), this.blocked),
      ...this.composer.parts.slice(3), this.notices.toasts,
    );
    this.notices.device = device;
    this.element = make("article", { class: "phone", "data-role": state.role }, owner, device);
  }

  link(label, what) {
    return make("button", { type: "button", class: "quiet", onclick: () => this.gesture(what) }, label);
  }

  /** Show this state from nothing; what is being typed stays. */
  load(state) {
    this.update(state);
    this.thread.load(state.messages);
  }

  /** Everything of the state but the bubbles. */
  update(state) {
    this.state = { ...this.state, ...state };
    const { name, role, started, blocked, profile, answers } = this.state;
    if (document.activeElement !== this.name) this.name.value = name;
    this.face.textContent = initials(name);
    this.role.textContent = ROLES[role];
    this.element.setAttribute("aria-label", `Téléphone de ${name}`);
    this.title.textContent = profile.name;
    this.rest();
    this.thread.list.hidden = !started;
    this.welcome.hidden = started;
    this.blocked.hidden = !blocked;
    this.composer.show(started && !blocked);
    this.composer.offer(answers);
    if (!started) this.welcome.replaceChildren(drawWelcome(profile, this.ways(), this.acts));
  }

  ways() {
    return { code: this.page.code(), invites: this.state.role === "facilitator" && this.page.invites() };
  }

  /** The code of the workshop has become known: a phone that has not joined proposes it. */
  proposeCode() {
    if (!this.state.started && !this.welcome.contains(document.activeElement)) this.update({});
  }

  put(bubble) {
    this.thread.put(bubble);
    if (!bubble.mine) this.rest();
  }

  press(message, key, button) {
    const code = key.url && startOf(key.url, this.page.botUsername);
    if (code !== null && key.url) return this.acts.start(code);
    if (key.url) return window.open(key.url, "_blank", "noopener");
    button.setAttribute("data-pending", "");
    button.setAttribute("aria-busy", "true");
    return this.gesture({ do: "press", message, row: key.row, column: key.column });
  }

  /** What the bot answered to a press: a toast, an alert, or an address to open. */
  answer(text, alert, url) {
    if (text) this.notices[alert ? "alert" : "toast"](text);
    const code = url && startOf(url, this.page.botUsername);
    if (url && code !== null) this.acts.start(code);
  }

  /** The bot is typing, drawing or sending something: say so for a few seconds. */
  acting(action) {
    this.subtitle.textContent = action.startsWith("upload") ? "envoie une image…" : "écrit…";
    this.subtitle.dataset.typing = "";
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.rest(), TYPING);
  }

  rest() {
    clearTimeout(this.typing);
    delete this.subtitle.dataset.typing;
    this.subtitle.textContent = this.state.blocked ? "bloqué" : "robot";
  }

  drawMenu() {
    const item = (drawing, label, act) => make("button", { type: "button", role: "menuitem", onclick: act }, icon(drawing), label);
    const { blocked, started } = this.state;
    const items = [item("qr", "Rejoindre avec le code…", () => this.askCode())];
    if (started && !blocked) items.push(item("ban", "Bloquer le robot", () => this.gesture({ do: "block" })));
    if (blocked) items.push(item("play", "Débloquer le robot", () => this.gesture({ do: "unblock" })));
    items.push(item("bin", "Retirer ce téléphone", () => this.gesture({ do: "remove" })));
    return items;
  }

  askCode() {
    this.notices.ask("Code de l’atelier", this.page.code(), "Rejoindre", (code) => this.acts.start(code));
  }
}

function initials(name) {
  return name.split(/[\s-]+/).filter(Boolean).slice(0, 2).map((part) => part[0].toLocaleUpperCase("fr")).join("");
}
