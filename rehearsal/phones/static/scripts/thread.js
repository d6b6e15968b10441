// The list of bubbles of a phone: adds, replaces and removes them, and keeps the last one in sight.
import { make } from "./dom.js";
import { drawTurn } from "./bubble.js";

const NEAR = 140;

export class Thread {
  /** `acts` is what a bubble may ask of its phone. */
  constructor(acts) {
    this.list = make("div", { class: "thread", role: "log", "aria-live": "polite", "aria-label": "Conversation", tabindex: "0" });
    this.acts = { ...acts, quoted: (id) => this.quote(id), show: (id) => this.show(id) };
    this.bubbles = new Map();
    this.followed = true;
    this.watch();
  }

  /** Show exactly these bubbles, at the end of the conversation. */
  load(bubbles) {
    this.bubbles = new Map(bubbles.map((bubble) => [bubble.message_id, bubble]));
    this.list.setAttribute("aria-busy", "true");
    this.list.replaceChildren(...bubbles.map((bubble) => drawTurn(bubble, this.acts)));
    this.list.removeAttribute("aria-busy");
    this.descend();
  }

  put(bubble) {
    const known = this.turn(bubble.message_id);
    const below = this.followed || bubble.mine;
    this.bubbles.set(bubble.message_id, bubble);
    const turn = drawTurn(bubble, this.acts);
    if (known) this.replace(known, turn);
    else this.add(turn);
    if (below) this.descend();
  }

  /** Redraw a bubble without taking the focus away from the button one has just pressed. */
  replace(known, turn) {
    const place = known.contains(document.activeElement) ? document.activeElement.dataset.place : null;
    known.replaceWith(turn);
    if (place) turn.querySelector(`[data-place="${place}"]`)?.focus({ preventScroll: true });
  }

  add(turn) {
    const previous = this.list.lastElementChild;
    if (previous && previous.hasAttribute("data-mine") !== turn.hasAttribute("data-mine")) turn.dataset.turns = "";
    turn.classList.add("fresh");
    this.list.append(turn);
  }

  drop(messageId) {
    this.bubbles.delete(messageId);
    this.turn(messageId)?.remove();
  }

  /** The button at this place has been answered, or never will be. */
  settle(messageId, row, column) {
    const key = this.turn(messageId)?.querySelector(`[data-place="${row},${column}"]`);
    key?.removeAttribute("data-pending");
    key?.removeAttribute("aria-busy");
  }

  turn(messageId) {
    return this.list.querySelector(`:scope > [data-id="${messageId}"]`);
  }

  quote(messageId) {
    const bubble = this.bubbles.get(messageId);
    return bubble && (bubble.text.split("\n")[0].slice(0, 90) || "Pièce jointe");
  }

  show(messageId) {
    this.turn(messageId)?.scrollIntoView({ block: "center", behavior: "smooth" });
  }

  atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR;
  }

  descend() {
    this.followed = true;
    this.list.scrollTop = this.list.scrollHeight;
  }

  /** Pictures that arrive late and windows that shrink must not hide the last bubble. */
  watch() {
    const keep = () => this.followed && this.descend();
    this.list.addEventListener("load", keep, true);
    new ResizeObserver(keep).observe(this.list);
    this.list.addEventListener("scroll", () => {
      this.followed = this.atEnd();
    });
  }
}
