// What lays itself over a conversation for a moment: answers to presses, alerts, a question to the phone's owner.
import { make } from "./dom.js";

const SHORTEST = 2600;
const READING = 55; // milliseconds a letter: the people read slowly

export class Notices {
  constructor() {
    this.toasts = make("div", { class: "toasts", role: "status", "aria-live": "polite" });
    this.device = null;
  }

  toast(text) {
    const toast = make("div", { class: "toast" }, text);
    this.toasts.replaceChildren(toast);
    setTimeout(() => toast.remove(), SHORTEST + READING * text.length);
  }

  alert(text) {
    const close = make("button", { type: "button", class: "strong", onclick: () => layer.remove() }, "D’accord");
    const layer = this.lay("alertdialog", make("p", {}, text), close);
    close.focus({ preventScroll: true });
  }

  ask(label, value, action, then) {
    const field = make("input", { value, "aria-label": label, placeholder: label, autocomplete: "off", required: true });
    const submit = (event) => {
      event.preventDefault();
      layer.remove();
      then(field.value.trim());
    };
    const cancel = make("button", { type: "button", class: "quiet", onclick: () => layer.remove() }, "Annuler");
    const form = make("form", { class: "welcome", onsubmit: submit }, field, make("button", { type: "submit", class: "strong" }, action), cancel);
    const layer = this.lay("dialog", form);
    field.select();
  }

  lay(role, ...children) {
    const layer = make("div", { class: "alert", role, "aria-modal": "true" }, make("div", {}, ...children));
    layer.addEventListener("keydown", (event) => event.key === "Escape" && layer.remove());
    this.device.append(layer);
    return layer;
  }
}
