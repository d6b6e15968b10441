// On a narrow screen: one phone at a time, chosen by its tab; the last tabs are the page's own rooms.
import { make } from "./dom.js";

const nav = document.getElementById("tabs");
const stage = document.getElementById("stage");

export class Tabs {
  constructor(phones) {
    this.phones = phones;
    this.chosen = null;
    nav.addEventListener("keydown", (event) => this.walk(event));
  }

  draw() {
    const places = [...[...this.phones].map(([id, phone]) => [String(id), phone.state.name]), ["room", "Salle"], ["more", "+"]];
    if (!places.some(([key]) => key === this.chosen)) this.chosen = places[0][0];
    nav.replaceChildren(...places.map(([key, label]) => this.drawTab(key, label)));
    this.choose(this.chosen);
  }

  drawTab(key, label) {
    const described = { more: "Ajouter un téléphone", room: "Salle simulée" }[key] ?? label;
    return make("button", { type: "button", role: "tab", "data-key": key, "aria-label": described, onclick: () => this.choose(key) }, label);
  }

  choose(key) {
    this.chosen = key;
    document.body.dataset.tab = key;
    for (const tab of nav.children) {
      const chosen = tab.dataset.key === key;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen) delete tab.dataset.news;
    }
    for (const [id, phone] of this.phones) phone.element.toggleAttribute("data-chosen", String(id) === key);
    stage.querySelector(".more").toggleAttribute("data-chosen", key === "more");
    this.phones.get(Number(key))?.thread.descend();
  }

  /** Something has come on a phone one is not looking at. */
  tell(id) {
    const tab = nav.querySelector(`[data-key="${id}"]`);
    if (tab && this.chosen !== String(id)) tab.dataset.news = "";
  }

  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const tabs = [...nav.children];
    const next = tabs.at((tabs.indexOf(document.activeElement) + step) % tabs.length);
    next.focus();
    this.choose(next.dataset.key);
  }
}
