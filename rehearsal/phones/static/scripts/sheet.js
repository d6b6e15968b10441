// A small menu that opens inside a phone, closes by Escape or a click elsewhere, and is walked with the arrows.
import { make } from "./dom.js";

export class Sheet {
  /** `opener` is the button that opens it; `choices()` gives the buttons to show each time. */
  constructor(opener, label, choices) {
    this.opener = opener;
    this.choices = choices;
    this.box = make("div", { class: "sheet", role: "menu", "aria-label": label, hidden: true });
    opener.setAttribute("aria-haspopup", "menu");
    opener.setAttribute("aria-expanded", "false");
    opener.addEventListener("click", () => (this.box.hidden ? this.open(true) : this.close()));
    this.box.addEventListener("keydown", (event) => this.walk(event));
    this.box.addEventListener("click", (event) => event.target.closest("button") && this.close());
    document.addEventListener("pointerdown", (event) => {
      if (!this.box.hidden && !this.box.contains(event.target) && !this.opener.contains(event.target)) this.close();
    });
  }

  open(focus) {
    this.box.replaceChildren(...this.choices());
    this.box.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    if (focus) this.box.querySelector("button")?.focus();
  }

  close() {
    if (this.box.contains(document.activeElement)) this.opener.focus();
    this.box.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
  }

  walk(event) {
    if (event.key === "Escape") return this.close();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return undefined;
    event.preventDefault();
    const buttons = [...this.box.querySelectorAll("button")];
    const place = buttons.indexOf(document.activeElement) + step;
    return buttons.at(place % buttons.length)?.focus();
  }
}
