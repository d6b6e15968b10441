// A picture of a bubble, as large as the screen allows.
import { icon, make } from "./dom.js";

const dialog = document.getElementById("viewer");
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

export function zoom(address, label, name) {
  const close = make("button", { type: "button", class: "chip", onclick: () => dialog.close() }, icon("close"), "Fermer");
  const keep = make("a", { class: "chip", href: address, download: name }, icon("down"), "Enregistrer");
  dialog.replaceChildren(make("img", { src: address, alt: label }), make("p", {}, keep, close));
  dialog.showModal();
  close.focus();
}
