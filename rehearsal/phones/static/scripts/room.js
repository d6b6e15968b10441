// The simulated room: how many councillors, how fast, and what they are doing.
import { icon, make } from "./dom.js";

const SPEEDS = [1, 5, 20];

export class Room {
  /** `gesture` sends what the operator decides; `code()` is the code of the workshop, or empty. */
  constructor(gesture, code) {
    this.gesture = gesture;
    this.code = code;
    this.element = document.getElementById("room");
    this.size = make("input", {
      type: "range", min: "0", max: "300", step: "5", id: "room-size", "aria-label": "Nombre de personnes simulées",
      oninput: () => this.showSize(), onchange: () => this.decide("crowd-size"),
    });
    this.count = make("output", { for: "room-size" });
    this.button = make("button", { type: "button", class: "strong", onclick: () => this.toggle() });
    this.doings = make("p", { class: "doings", "aria-live": "off" });
    this.speeds = make("fieldset", { class: "speeds" }, make("legend", {}, "Allure"), ...SPEEDS.map((speed) => this.drawSpeed(speed)));
    this.element.append(
      make("h2", {}, icon("people"), "Salle simulée"),
      make("label", {}, this.size, this.count, "personnes"),
      this.speeds, this.button, this.doings,
    );
  }

  drawSpeed(speed) {
    const choose = make("input", { type: "radio", name: "speed", value: speed, onchange: () => this.decide("crowd-speed") });
    return make("label", {}, choose, `×${speed}`);
  }

  update(status) {
    this.status = status;
    if (!this.size.matches(":active")) this.size.value = status.size;
    this.showSize();
    for (const choice of this.speeds.querySelectorAll("input")) choice.checked = Number(choice.value) === status.speed;
    this.button.replaceChildren(icon(status.running ? "pause" : "play"), status.running ? "Suspendre" : "Faire entrer la salle");
    this.doings.replaceChildren(
      ...amount(status.agreed, "présent", "présents"), ...amount(status.presses, "appui", "appuis"), ...amount(status.messages, "message", "messages"),
    );
    this.proposeCode();
  }

  proposeCode() {
    if (!this.status) return;
    const possible = this.status.running || (Boolean(this.code()) && Number(this.size.value) > 0);
    this.button.disabled = !possible;
    this.button.title = this.code() ? "" : "Il faut d’abord le code d’un atelier : /atelier sur le téléphone de l’animation";
  }

  showSize() {
    this.count.value = this.size.value;
    if (this.status) this.proposeCode();
  }

  decide(what) {
    const speed = Number(this.speeds.querySelector(":checked")?.value ?? 1);
    this.gesture({ do: what, size: Number(this.size.value), speed });
  }

  toggle() {
    if (this.status.running) this.gesture({ do: "crowd-stop" });
    else this.gesture({ do: "crowd-start", code: this.code(), size: Number(this.size.value) });
  }
}

function amount(count, one, many) {
  return [make("span", {}, make("b", {}, count.toLocaleString("fr")), ` ${count > 1 ? many : one}`)];
}
