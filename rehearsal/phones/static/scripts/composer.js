// Where a person types: text, commands menu, things to attach, the message being answered or corrected.
import { icon, make, roundButton } from "./dom.js";
import { Sheet } from "./sheet.js";

const ATTACHED = [
  ["sticker", "smile", "Autocollant"], ["voice", "voice", "Message vocal"], ["photo", "photo", "Photo"],
  ["contact", "person", "Contact"], ["location", "pin", "Position"], ["document", "file", "Document"],
  ["forward", "forward", "Message transféré"],
];

export class Composer {
  /** `send(text, replyTo)`, `correct(messageId, text)`, `attach(kind)`; `commands()` is the menu of the bot. */
  constructor({ send, correct, attach, commands }) {
    Object.assign(this, { send, correct, commands });
    this.about = null;
    this.context = make("div", { class: "context", hidden: true });
    this.answers = make("div", { class: "answers", hidden: true });
    this.text = make("textarea", {
      rows: "1", placeholder: "Message", "aria-label": "Écrire un message", enterkeyhint: "send",
      onkeydown: (event) => this.key(event), oninput: () => this.suggest(),
    });
    const slash = make("button", { type: "button", class: "round slash", title: "Commandes", "aria-label": "Menu des commandes" }, "/");
    const clip = roundButton("clip", "Joindre");
    this.menu = new Sheet(slash, "Commandes", () => this.drawCommands());
    this.attachments = new Sheet(clip, "Joindre", () => ATTACHED.map((line) => attachment(line, attach)));
    this.slash = slash;
    this.form = make(
      "form", { class: "composer", onsubmit: (event) => this.submit(event) },
      slash, clip, this.text, roundButton("send", "Envoyer", null, { type: "submit", class: "round send" }),
    );
    this.parts = [this.answers, this.context, this.form, this.menu.box, this.attachments.box];
  }

  show(visible) {
    this.form.hidden = !visible;
    this.context.hidden = !visible || !this.about;
    this.answers.hidden = !visible || !this.answers.childElementCount;
  }

  /** The keyboard a bot may put in place of letters: each label is sent as a text. */
  offer(rows) {
    const key = (label) => make("button", { type: "button", onclick: () => this.send(label) }, label);
    this.answers.replaceChildren(...rows.map((row) => make("div", {}, ...row.map(key))));
    this.answers.hidden = !rows.length || this.form.hidden;
  }

  take(text) {
    this.text.value = text;
    this.text.focus();
  }

  reply(bubble) {
    this.speakAbout({ bubble, title: "Réponse" });
  }

  edit(bubble) {
    this.speakAbout({ bubble, title: "Modification", edits: true });
    this.text.value = bubble.text;
  }

  speakAbout(about) {
    this.about = about;
    const { text } = about.bubble;
    const forget = roundButton("close", "Abandonner", () => this.forget());
    this.context.replaceChildren(make("p", {}, make("b", {}, about.title), text || "Pièce jointe"), forget);
    this.context.hidden = false;
    this.text.focus();
  }

  forget() {
    if (this.about?.edits) this.text.value = "";
    this.about = null;
    this.context.hidden = true;
    this.text.focus();
  }

  submit(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (!text) return;
    const { about } = this;
    const gone = about?.edits ? this.correct(about.bubble.message_id, text) : this.send(text, about?.bubble.message_id);
    if (!gone) return;
    this.text.value = "";
    this.about = null;
    this.context.hidden = true;
    this.menu.close();
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) this.submit(event);
    if (event.key === "Escape") this.menu.box.hidden ? this.about && this.forget() : this.menu.close();
    if (event.key === "ArrowDown" && !this.menu.box.hidden) {
      event.preventDefault();
      this.menu.box.querySelector("button")?.focus();
    }
  }

  suggest() {
    const begun = /^\/[a-z0-9_]*$/i.test(this.text.value);
    if (begun) this.menu.open(false);
    else if (!this.menu.box.hidden) this.menu.close();
  }

  drawCommands() {
    const begun = this.text.value.startsWith("/") ? this.text.value.slice(1).toLowerCase() : "";
    const found = this.commands().filter((command) => command.name.startsWith(begun));
    if (!found.length) return [make("p", {}, "Aucune commande de ce nom.")];
    return found.map((command) => this.drawCommand(command));
  }

  drawCommand({ name, description }) {
    const choose = () => {
      this.text.value = "";
      this.send(`/${name}`);
      this.text.focus();
    };
    return make(
      "button", { type: "button", role: "menuitem", class: "command", onclick: choose },
      make("b", {}, `/${name}`), make("span", {}, description),
    );
  }
}

function attachment([kind, drawing, label], attach) {
  return make("button", { type: "button", role: "menuitem", onclick: () => attach(kind) }, icon(drawing), label);
}
